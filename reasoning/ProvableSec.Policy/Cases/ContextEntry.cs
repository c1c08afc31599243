using System.Collections.Immutable;

namespace ProvableSec.Policy.Cases;

/// <summary>A condition key of a request and its values.</summary>
/// <param name="Key">The key as written.</param>
/// <param name="FoldedKey">The key in lower case.</param>
/// <param name="Values">Its values; one for most keys. An empty list counts as absent.</param>
public readonly record struct ContextEntry(string Key, string FoldedKey, ImmutableArray<string> Values);
