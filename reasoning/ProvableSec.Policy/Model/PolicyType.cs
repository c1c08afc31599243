namespace ProvableSec.Policy.Model;

/// <summary>The part a policy document plays in a decision (IAM User Guide, "Policy types").</summary>
public enum PolicyType
{
    /// <summary>Attached to a user, group or role: grants.</summary>
    Identity,

    /// <summary>Attached to a resource: grants to the principals it names.</summary>
    Resource,

    /// <summary>A role's trust policy: who may assume it.</summary>
    Trust,

    /// <summary>Limits the principals of an account.</summary>
    ServiceControlPolicy,

    /// <summary>Limits access to the resources of an account.</summary>
    ResourceControlPolicy,

    /// <summary>The most an identity's policies can grant.</summary>
    PermissionsBoundary,

    /// <summary>Passed when a session is made: the most the session can do.</summary>
    Session,

    /// <summary>What may pass through a VPC endpoint.</summary>
    VpcEndpoint,
}
