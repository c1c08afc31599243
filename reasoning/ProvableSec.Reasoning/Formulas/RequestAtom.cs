using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Formulas;

/// <summary>What an atom says.</summary>
internal enum AtomKind
{
    /// <summary>Nothing that the theory knows: a reading, or a match that depends on a policy variable.</summary>
    Free,

    /// <summary>The key has a value.</summary>
    Present,

    /// <summary>Some value of the key is in the set.</summary>
    Exists,

    /// <summary>Some value of the key is outside the set; for keys that may have several values only.</summary>
    Misses,
}

/// <summary>A Boolean of a formula.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Variable">Of what; null for a free one.</param>
/// <param name="Set">The values; null where it speaks of none.</param>
/// <param name="Name">The name of a free one, else empty.</param>
internal sealed record RequestAtom(AtomKind Kind, RequestVariable? Variable, ValueSet? Set, string Name);
