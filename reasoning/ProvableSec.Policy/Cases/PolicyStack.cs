using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Cases;

/// <summary>All policies that take part in a decision. Immutable.</summary>
public sealed record PolicyStack
{
    /// <summary>No policy at all.</summary>
    public static PolicyStack Empty { get; } = new();

    /// <summary>The policies of the user (with its groups') or role; null when the case does not say, which decides as none.</summary>
    public ImmutableArray<PolicyDocument>? IdentityPolicies { get; init; }

    /// <summary>The permissions boundary of the user or role.</summary>
    public PolicyDocument? PermissionsBoundary { get; init; }

    /// <summary>Null when no session policy was passed; an empty list is a session whose policy grants nothing.</summary>
    public ImmutableArray<PolicyDocument>? SessionPolicies { get; init; }

    /// <summary>The policy of the resource; of a role or KMS key, its trust or key policy. Null when it has none or none is given:
    /// <see cref="HasNoResourcePolicy"/> says which.</summary>
    public PolicyDocument? ResourcePolicy { get; init; }

    /// <summary>
    /// True when it is known that the resource has no policy. Where this is false and <see cref="ResourcePolicy"/> is null, nothing is known about the
    /// resource's policy: a decision takes it as none and says so where it matters, a proof does not.
    /// </summary>
    public bool HasNoResourcePolicy { get; init; }

    /// <summary>The policies of the VPC endpoints the request comes through, each of which must allow.</summary>
    public ImmutableArray<PolicyDocument> VpcEndpointPolicies { get; init; } = ImmutableArray<PolicyDocument>.Empty;

    /// <summary>SCPs by level, from the root to the account; null when none apply. A level without policies allows nothing.</summary>
    public ImmutableArray<ImmutableArray<PolicyDocument>>? ServiceControlPolicies { get; init; }

    /// <summary>RCPs by level, from the root to the account; null when none apply. RCPFullAWSAccess is implied at every level.</summary>
    public ImmutableArray<ImmutableArray<PolicyDocument>>? ResourceControlPolicies { get; init; }

    /// <summary>The organization, when the case has one.</summary>
    public Organization? Organization { get; init; }

    /// <summary>The account of the principal whose policies these are, when a question leaves the principal free.</summary>
    public string? Account { get; init; }

    /// <summary>Every policy with its place, in the order of the case format.</summary>
    public IEnumerable<(PolicySlot Slot, PolicyDocument Document)> Documents()
    {
        foreach (PolicyLayerInfo info in PolicyLayers.All)
        {
            if (info.Documents(this) is { } levels)
            {
                for (int level = 0; level < levels.Length; level++)
                {
                    for (int i = 0; i < levels[level].Length; i++)
                    {
                        yield return (info.Slot(level, i), levels[level][i]);
                    }
                }
            }
        }
    }
}
