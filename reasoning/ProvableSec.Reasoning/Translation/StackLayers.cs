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
    /// <summary>Every layer that must allow, and every policy. The caller's own policies must allow also where none are given.</summary>
    public static IEnumerable<StackLayer> Of(PolicyStack stack)
    {
        foreach (PolicyLayerInfo info in PolicyLayers.All)
        {
            ImmutableArray<ImmutableArray<PolicyDocument>> levels = info.Documents(stack)
                ?? (info.Layer == PolicyLayer.IdentityPolicies ? ImmutableArray.Create(ImmutableArray<PolicyDocument>.Empty)
                    : ImmutableArray<ImmutableArray<PolicyDocument>>.Empty);
            for (int level = 0; level < levels.Length; level++)
            {
                PolicySlot whole = info.Slot(level, -1);
                if (!info.EachMustAllow)
                {
                    yield return new StackLayer(whole, whole, null);
                }

                for (int i = 0; i < levels[level].Length; i++)
                {
                    PolicySlot slot = info.Slot(level, i);
                    if (info.EachMustAllow)
                    {
                        whole = slot;
                        yield return new StackLayer(whole, whole, null);
                    }

                    yield return new StackLayer(whole, slot, levels[level][i]);
                }
            }
        }
    }
}
