using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Accounts;

/// <summary>A user or role of an account, with all policies that the account attaches to it. Immutable.</summary>
public sealed record AccountPrincipal
{
    /// <summary>Who it is: a user, or a session of a role.</summary>
    public required CallerPrincipal Caller { get; init; }

    /// <summary>Its own inline policies, those attached to it, and for a user those of its groups.</summary>
    public ImmutableArray<PolicyDocument> IdentityPolicies { get; init; } = ImmutableArray<PolicyDocument>.Empty;

    /// <summary>Its permissions boundary.</summary>
    public PolicyDocument? PermissionsBoundary { get; init; }

    /// <summary>A role's trust policy; null for a user, or when it is not to be read.</summary>
    public PolicyDocument? TrustPolicy { get; init; }

    /// <summary>Its tags.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Tags { get; init; } = ImmutableArray<KeyValuePair<string, string>>.Empty;

    /// <summary>Why its policies are not all known, so that nothing may be concluded about it; null when they are.</summary>
    public string? Undecided { get; init; }

    /// <summary>Why its trust policy is not known; null when it is, and for a user.</summary>
    public string? TrustUndecided { get; init; }
}
