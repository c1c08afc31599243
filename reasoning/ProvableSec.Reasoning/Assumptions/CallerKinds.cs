namespace ProvableSec.Reasoning.Assumptions;

/// <summary>The kinds of caller that a question speaks of.</summary>
[Flags]
internal enum CallerKinds
{
    /// <summary>An IAM user.</summary>
    User = 1,

    /// <summary>A role session.</summary>
    Role = 2,

    /// <summary>An account's root user.</summary>
    Root = 4,

    /// <summary>A federated-user session.</summary>
    FederatedUser = 8,

    /// <summary>Anonymous callers and services too: nothing follows from the caller.</summary>
    Anyone = 16,
}
