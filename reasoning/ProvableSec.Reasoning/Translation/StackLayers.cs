using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Translation;

/// <summary>A policy of a stack, or a layer of it.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Slot">Where the policy stands; the layer itself where <paramref name="Document"/> is null.</param>
/// <param name="Document">The policy; null for the layer as a whole, which stands before its policies.</param>
internal readonly record struct StackLayer(PolicySlot Layer, PolicySlot Slot, PolicyDocument? Document);

/// <summary>The layers and policies of a stack, in the order of the case format.</summary>
internal static class StackLayers
{
    /// <summary>Every layer that must allow, and every policy.</summary>
    public static IEnumerable<StackLayer> Of(PolicyStack stack)
    {
        foreach (StackLayer identity in List(PolicyLayer.IdentityPolicies, -1, stack.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty))
        {
            yield return identity;
        }

        foreach (StackLayer boundary in One(PolicyLayer.PermissionsBoundary, stack.PermissionsBoundary))
        {
            yield return boundary;
        }

        foreach (StackLayer session in stack.SessionPolicies is { } passed ? List(PolicyLayer.SessionPolicies, -1, passed) : [])
        {
            yield return session;
        }

        foreach (StackLayer resource in One(PolicyLayer.ResourcePolicy, stack.ResourcePolicy))
        {
            yield return resource;
        }

        for (int i = 0; i < (stack.VpcEndpointPolicies.IsDefault ? 0 : stack.VpcEndpointPolicies.Length); i++)
        {
            // Each endpoint must allow: a layer of its own.
            var slot = new PolicySlot(PolicyLayer.VpcEndpointPolicies, -1, i);
            yield return new StackLayer(slot, slot, null);
            yield return new StackLayer(slot, slot, stack.VpcEndpointPolicies[i]);
        }

        foreach ((PolicyLayer layer, ImmutableArray<ImmutableArray<PolicyDocument>>? levels) in ((PolicyLayer, ImmutableArray<ImmutableArray<PolicyDocument>>?)[])[(PolicyLayer.ServiceControlPolicies, stack.ServiceControlPolicies), (PolicyLayer.ResourceControlPolicies, stack.ResourceControlPolicies)])
        {
            for (int level = 0; level < (levels?.Length ?? 0); level++)
            {
                foreach (StackLayer control in List(layer, level, levels!.Value[level]))
                {
                    yield return control;
                }
            }
        }
    }

    /// <summary>The stack with another policy in a place.</summary>
    public static PolicyStack With(PolicyStack stack, PolicySlot slot, PolicyDocument document) => slot.Layer switch
    {
        PolicyLayer.IdentityPolicies => stack with { IdentityPolicies = stack.IdentityPolicies!.Value.SetItem(slot.Index, document) },
        PolicyLayer.PermissionsBoundary => stack with { PermissionsBoundary = document },
        PolicyLayer.SessionPolicies => stack with { SessionPolicies = stack.SessionPolicies!.Value.SetItem(slot.Index, document) },
        PolicyLayer.ResourcePolicy => stack with { ResourcePolicy = document },
        PolicyLayer.VpcEndpointPolicies => stack with { VpcEndpointPolicies = stack.VpcEndpointPolicies.SetItem(slot.Index, document) },
        PolicyLayer.ServiceControlPolicies => stack with { ServiceControlPolicies = With(stack.ServiceControlPolicies!.Value, slot, document) },
        _ => stack with { ResourceControlPolicies = With(stack.ResourceControlPolicies!.Value, slot, document) },
    };

    private static ImmutableArray<ImmutableArray<PolicyDocument>> With(ImmutableArray<ImmutableArray<PolicyDocument>> levels, PolicySlot slot, PolicyDocument document) =>
        levels.SetItem(slot.Level, levels[slot.Level].SetItem(slot.Index, document));

    private static IEnumerable<StackLayer> One(PolicyLayer layer, PolicyDocument? document)
    {
        if (document is not null)
        {
            var slot = new PolicySlot(layer);
            yield return new StackLayer(slot, slot, null);
            yield return new StackLayer(slot, slot, document);
        }
    }

    private static IEnumerable<StackLayer> List(PolicyLayer layer, int level, ImmutableArray<PolicyDocument> documents)
    {
        var whole = new PolicySlot(layer, level);
        yield return new StackLayer(whole, whole, null);
        for (int i = 0; i < documents.Length; i++)
        {
            yield return new StackLayer(whole, new PolicySlot(layer, level, i), documents[i]);
        }
    }
}
