using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Caching;

/// <summary>A stack as a part of a key: every policy with its place.</summary>
internal static class StackKey
{
    /// <summary>Adds a stack.</summary>
    public static void Add(CacheKey key, PolicyStack? stack)
    {
        key.Add("stack", stack is null ? null : $"{stack.HasNoResourcePolicy}");
        if (stack is null)
        {
            return;
        }

        key.Add("account", stack.Account).Add("organization", stack.Organization);
        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            // An empty layer and none are not the same, nor are one level and two.
            key.Add("layer", layer.Documents(stack) is { } levels ? $"{layer.Name} {string.Join(' ', levels.Select(level => level.Length))}" : null);
        }

        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents())
        {
            key.Add("slot", slot.ToString()).Add("policy", document);
        }
    }
}
