namespace ProvableSec.Policy.Cases;

/// <summary>The layers of a decision, in the order of the case format. <see cref="PolicyLayers"/> says of each what readers and writers need.</summary>
public enum PolicyLayer
{
    /// <summary><see cref="PolicyStack.IdentityPolicies"/></summary>
    IdentityPolicies,

    /// <summary><see cref="PolicyStack.PermissionsBoundary"/></summary>
    PermissionsBoundary,

    /// <summary><see cref="PolicyStack.SessionPolicies"/></summary>
    SessionPolicies,

    /// <summary><see cref="PolicyStack.ResourcePolicy"/></summary>
    ResourcePolicy,

    /// <summary><see cref="PolicyStack.VpcEndpointPolicies"/></summary>
    VpcEndpointPolicies,

    /// <summary><see cref="PolicyStack.ServiceControlPolicies"/></summary>
    ServiceControlPolicies,

    /// <summary><see cref="PolicyStack.ResourceControlPolicies"/></summary>
    ResourceControlPolicies,
}
