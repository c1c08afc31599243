namespace ProvableSec.Reasoning.Callers;

/// <summary>The kinds of caller that a question speaks of.</summary>
[Flags]
internal enum CallerKinds
{
    /// <summary>An IAM user.</summary>
    User = 1,

    /// <summary>A role session whose name is not known.</summary>
    Role = 2,

    /// <summary>A role session with a name.</summary>
    RoleSession = 4,

    /// <summary>An account's root user.</summary>
    Root = 8,

    /// <summary>A federated-user session.</summary>
    FederatedUser = 16,

    /// <summary>An AWS service.</summary>
    Service = 32,

    /// <summary>A web identity or SAML subject.</summary>
    Provider = 64,

    /// <summary>Nobody signed the request.</summary>
    Anonymous = 128,

    /// <summary>Those who have policies of their own.</summary>
    Identities = User | Role | RoleSession,

    /// <summary>Those who act for an account.</summary>
    WithAccount = Identities | Root | FederatedUser,

    /// <summary>Anybody.</summary>
    Anyone = WithAccount | Service | Provider | Anonymous,
}
