namespace ProvableSec.Tool.Check;

/// <summary>What a file is to <c>check</c>.</summary>
internal enum FileSort
{
    /// <summary>One that cannot be read.</summary>
    Unreadable,

    /// <summary>One of a kind that may hold policies.</summary>
    Document,

    /// <summary>A credential report of IAM.</summary>
    CredentialReport,

    /// <summary>A summary of an account.</summary>
    AccountSummary,

    /// <summary>Of containers or builds, without policies.</summary>
    Manifest,

    /// <summary>Any other.</summary>
    Other,
}
