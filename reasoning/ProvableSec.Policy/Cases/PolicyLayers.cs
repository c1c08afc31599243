using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using static ProvableSec.Policy.Cases.PolicyLayerInfo;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// The one table of the layers of a stack. Whatever reads, writes, counts or names policies goes through it; a layer is named elsewhere only by the code
/// that gives it its meaning: what the evaluator, the prover and the certificate checker make of it.
/// </summary>
internal static class PolicyLayers
{
    /// <summary>Every layer, in the order of <see cref="PolicyLayer"/> and of the case format.</summary>
    public static ImmutableArray<PolicyLayerInfo> All { get; } = ImmutableArray.Create<PolicyLayerInfo>(
    [
        List(PolicyLayer.IdentityPolicies, "identityPolicies", "identity policy", s => s.IdentityPolicies, (s, list) => s with { IdentityPolicies = list })
            with { Grants = true, EmptyWords = "no identity policy" },
        One(PolicyLayer.PermissionsBoundary, "permissionsBoundary", "permissions boundary", s => s.PermissionsBoundary,
            (s, one) => s with { PermissionsBoundary = one }),
        List(PolicyLayer.SessionPolicies, "sessionPolicies", "session policy", s => s.SessionPolicies, (s, list) => s with { SessionPolicies = list })
            with { EmptyWords = "an empty session policy" },
        One(PolicyLayer.ResourcePolicy, "resourcePolicy", "resource policy", s => s.ResourcePolicy,
            (s, one) => s with { ResourcePolicy = one, HasNoResourcePolicy = false })
            with { Grants = true, NullMeansNone = true, Principal = PrincipalElement.Required },
        List(
            PolicyLayer.VpcEndpointPolicies,
            "vpcEndpointPolicies",
            "VPC endpoint policy",
            s => s.VpcEndpointPolicies.IsDefaultOrEmpty ? null : s.VpcEndpointPolicies,
            (s, list) => s with { VpcEndpointPolicies = list ?? ImmutableArray<PolicyDocument>.Empty })
            with { EachMustAllow = true, Principal = PrincipalElement.Required },
        Levels(PolicyLayer.ServiceControlPolicies, "serviceControlPolicies", "SCPs", s => s.ServiceControlPolicies,
            (s, levels) => s with { ServiceControlPolicies = levels }),
        Levels(PolicyLayer.ResourceControlPolicies, "resourceControlPolicies", "RCPs", s => s.ResourceControlPolicies,
            (s, levels) => s with { ResourceControlPolicies = levels })
            with { Principal = PrincipalElement.Implied },
    ]);

    /// <summary>The row of a layer.</summary>
    public static PolicyLayerInfo Of(PolicyLayer layer) => All[(int)layer];

    /// <summary>The layer with a member of the case format; null for any other member.</summary>
    public static PolicyLayerInfo? Find(string name)
    {
        foreach (PolicyLayerInfo info in All)
        {
            if (info.Name == name)
            {
                return info;
            }
        }

        return null;
    }

    /// <summary>The document in a place; null where the stack has none there.</summary>
    public static PolicyDocument? At(PolicyStack stack, PolicySlot slot)
    {
        int level = Math.Max(slot.Level, 0), index = Math.Max(slot.Index, 0);
        return Of(slot.Layer).Documents(stack) is { } levels && level < levels.Length && index < levels[level].Length ? levels[level][index] : null;
    }

    /// <summary>The stack with another document in a place where it has one.</summary>
    public static PolicyStack With(PolicyStack stack, PolicySlot slot, PolicyDocument document)
    {
        PolicyLayerInfo info = Of(slot.Layer);
        ImmutableArray<ImmutableArray<PolicyDocument>> levels = info.Documents(stack)!.Value;
        int level = Math.Max(slot.Level, 0);
        return info.With(stack, levels.SetItem(level, levels[level].SetItem(Math.Max(slot.Index, 0), document)));
    }

    /// <summary>The stack with every document changed.</summary>
    public static PolicyStack Select(PolicyStack stack, Func<PolicyDocument, PolicyDocument> change)
    {
        foreach (PolicyLayerInfo info in All)
        {
            if (info.Documents(stack) is { } levels)
            {
                stack = info.With(stack, levels.Select(level => level.Select(change).ToImmutableArray()).ToImmutableArray());
            }
        }

        return stack;
    }
}
