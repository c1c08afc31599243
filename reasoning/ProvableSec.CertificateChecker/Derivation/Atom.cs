using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What an atom says.</summary>
internal enum AtomKind
{
    /// <summary>The variable has a value.</summary>
    Present,

    /// <summary>Some value of the variable is in the set.</summary>
    In,

    /// <summary>Some value of the variable is outside the set.</summary>
    Outside,

    /// <summary>A disputed point is read in the less likely way.</summary>
    Reading,

    /// <summary>Something of which no more is known than clauses say; or the name of a part of the formula.</summary>
    Free,
}

/// <summary>A part of the request: the action, the resource, the caller and its session, or a condition key.</summary>
/// <param name="Name">What certificates call it; a key's name is quoted, so that none can pass for the action.</param>
/// <param name="Key">The key in lower case; empty for the others.</param>
/// <param name="IsAlwaysPresent">True for the action, the resource and the caller.</param>
/// <param name="IsMultivalued">True when it may have several values.</param>
internal sealed record Variable(string Name, string Key, bool IsAlwaysPresent, bool IsMultivalued);

/// <summary>A Boolean of the derivation.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">What it says, in words; no two atoms say the same.</param>
/// <param name="Variable">Of what.</param>
/// <param name="Set">With what it is compared.</param>
/// <param name="Reading">Which disputed point.</param>
internal sealed record Atom(AtomKind Kind, string Name, Variable? Variable = null, ValueSet? Set = null, Reading Reading = Reading.None);
