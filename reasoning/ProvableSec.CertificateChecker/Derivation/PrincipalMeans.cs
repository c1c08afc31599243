namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>As what a statement names the caller; which other policies limit a grant depends on it.</summary>
internal enum PrincipalMeans
{
    /// <summary>In any way.</summary>
    Anyhow,

    /// <summary>By a user's ARN.</summary>
    User,

    /// <summary>By a role's ARN.</summary>
    Role,

    /// <summary>By the ARN of a role session or federated user.</summary>
    Session,

    /// <summary>In any way that counts on a VPC endpoint.</summary>
    ThroughEndpoint,

    /// <summary>As everyone.</summary>
    Everyone,

    /// <summary>In a form of which nobody can say who it is.</summary>
    Unknown,
}
