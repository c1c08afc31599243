namespace ProvableSec.Policy.Cases;

/// <summary>Who can ask (IAM User Guide, "Principal key values").</summary>
public enum PrincipalKind
{
    /// <summary>Nobody signed the request.</summary>
    Anonymous,

    /// <summary>An account's root user.</summary>
    Root,

    /// <summary>An IAM user.</summary>
    User,

    /// <summary>A session of a role whose session name is not known, named by the role's ARN.</summary>
    Role,

    /// <summary>A role session, named by its <c>sts</c> ARN.</summary>
    AssumedRole,

    /// <summary>A session of <c>GetFederationToken</c>.</summary>
    FederatedUser,

    /// <summary>An AWS service.</summary>
    Service,

    /// <summary>A web identity or SAML subject, before it has assumed a role.</summary>
    Federated,
}
