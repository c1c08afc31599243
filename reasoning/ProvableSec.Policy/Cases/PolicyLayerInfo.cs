using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// A row of <see cref="PolicyLayers"/>. Whatever its shape, a layer is read and replaced as levels of documents: one document and a list are one level.
/// Immutable.
/// </summary>
internal sealed record PolicyLayerInfo
{
    private readonly Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?> documents;
    private readonly Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?, PolicyStack> with;

    private PolicyLayerInfo(
        PolicyLayer layer,
        string name,
        string words,
        PolicyLayerShape shape,
        Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?> documents,
        Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?, PolicyStack> with)
    {
        Layer = layer;
        Name = name;
        Words = words;
        Shape = shape;
        this.documents = documents;
        this.with = with;
    }

    /// <summary>The layer.</summary>
    public PolicyLayer Layer { get; }

    /// <summary>Its member in the case format: <c>identityPolicies</c>.</summary>
    public string Name { get; }

    /// <summary>What one of its policies is called, <c>identity policy</c>; for levels what they hold, <c>SCPs</c>.</summary>
    public string Words { get; }

    /// <summary>How many policies it holds.</summary>
    public PolicyLayerShape Shape { get; }

    /// <summary>Whether its statements name principals.</summary>
    public PrincipalElement Principal { get; init; }

    /// <summary>True when what it allows is a grant; false when it only limits what other layers grant.</summary>
    public bool Grants { get; init; }

    /// <summary>True when each of its documents must allow by itself, not some document.</summary>
    public bool EachMustAllow { get; init; }

    /// <summary>What an empty list is called: <c>no identity policy</c>; null where that is as if the layer was not given.</summary>
    public string? EmptyWords { get; init; }

    /// <summary>True when <c>null</c> says that there is no policy, which is more than that none is given.</summary>
    public bool NullMeansNone { get; init; }

    /// <summary>The documents of a stack, level by level; null when the layer is not given.</summary>
    public ImmutableArray<ImmutableArray<PolicyDocument>>? Documents(PolicyStack stack) => documents(stack);

    /// <summary>The stack with these documents for the layer's own; null takes them away.</summary>
    public PolicyStack With(PolicyStack stack, ImmutableArray<ImmutableArray<PolicyDocument>>? levels) => with(stack, levels);

    /// <summary>True when the stack says that there is no such policy.</summary>
    public bool IsNone(PolicyStack stack) => NullMeansNone && stack.HasNoResourcePolicy && documents(stack) is null;

    /// <summary>The stack as <c>null</c> for the layer's member leaves it.</summary>
    public PolicyStack Without(PolicyStack stack) => NullMeansNone ? with(stack, null) with { HasNoResourcePolicy = true } : with(stack, null);

    /// <summary>The place of a document.</summary>
    public PolicySlot Slot(int level, int index) => new(Layer, Shape == PolicyLayerShape.Levels ? level : -1, Shape == PolicyLayerShape.One ? -1 : index);

    internal static PolicyLayerInfo One(PolicyLayer layer, string name, string words, Func<PolicyStack, PolicyDocument?> get,
        Func<PolicyStack, PolicyDocument?, PolicyStack> set) => new(
        layer,
        name,
        words,
        PolicyLayerShape.One,
        stack => get(stack) is { } document ? ImmutableArray.Create(ImmutableArray.Create(document)) : null,
        (stack, levels) => set(stack, levels is [[var document, ..], ..] ? document : null));

    internal static PolicyLayerInfo List(
        PolicyLayer layer,
        string name,
        string words,
        Func<PolicyStack, ImmutableArray<PolicyDocument>?> get,
        Func<PolicyStack, ImmutableArray<PolicyDocument>?, PolicyStack> set) => new(
        layer,
        name,
        words,
        PolicyLayerShape.List,
        stack => get(stack) is { IsDefault: false } list ? ImmutableArray.Create(list) : null,
        (stack, levels) => set(stack, levels is [var list, ..] ? list : null));

    internal static PolicyLayerInfo Levels(
        PolicyLayer layer,
        string name,
        string words,
        Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?> get,
        Func<PolicyStack, ImmutableArray<ImmutableArray<PolicyDocument>>?, PolicyStack> set) => new(layer, name, words, PolicyLayerShape.Levels, get, set);
}
