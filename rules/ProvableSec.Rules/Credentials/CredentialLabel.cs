namespace ProvableSec.Rules.Credentials;

/// <summary>What a name or a comment says that a value is.</summary>
internal enum CredentialLabel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A secret access key.</summary>
    Secret,

    /// <summary>A session token.</summary>
    Token,
}
