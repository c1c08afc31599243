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
internal sealed record RequestAtom(AtomKind Kind, RequestVariable? Variable, ValueSet? Set, string Name);
