namespace ProvableSec.Reasoning.Search;

/// <summary>A switch under which formulas are asserted. Two guards are never the same one, whatever they are called.</summary>
/// <param name="name">What stands under it; of an assumption about the world its name.</param>
internal sealed class Guard(string name)
{
    /// <summary>What stands under it.</summary>
    public string Name => name;

    public override string ToString() => name;
}
