namespace ProvableSec.Policy.Cases;

/// <summary>Where in a stack a policy stands.</summary>
/// <param name="Layer">Its layer.</param>
/// <param name="Level">For control policies the level, from the root; else -1.</param>
/// <param name="Index">Its place in the layer or level, from 0; -1 where there is only one.</param>
public readonly record struct PolicySlot(PolicyLayer Layer, int Level = -1, int Index = -1)
{
    /// <summary>The name of a layer in the case format.</summary>
    public static string NameOf(PolicyLayer layer) => PolicyLayers.Of(layer).Name;

    /// <summary>As the case format writes it: <c>serviceControlPolicies[0][1]</c>.</summary>
    public override string ToString() =>
        NameOf(Layer) + (Level >= 0 ? $"[{Level}]" : "") + (Index >= 0 ? $"[{Index}]" : "");
}
