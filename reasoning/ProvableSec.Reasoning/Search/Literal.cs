using System.Runtime.InteropServices;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// A Boolean by its number, or its negation: of the solver one of its variables, of the theory an atom. It costs what its number costs, and is a type of its
/// own so that it is never taken for a variable, an atom or a formula.
/// </summary>
internal readonly record struct Literal
{
    private Literal(int code) => Code = code;

    /// <summary>Twice the variable, plus one when negated: an index by literal.</summary>
    public int Code { get; }

    /// <summary>The variable.</summary>
    public int Variable => Code >> 1;

    /// <summary>Whether it is true where its variable is false.</summary>
    public bool IsNegative => (Code & 1) != 0;

    /// <summary>The literal that says that a variable has a value.</summary>
    public static Literal Of(int variable, bool value = true) => new((2 * variable) | (value ? 0 : 1));

    /// <summary>The literal of a <see cref="Code"/>.</summary>
    public static Literal OfCode(int code) => new(code);

    /// <summary>Literals as their codes, in place.</summary>
    public static ReadOnlySpan<int> Codes(ReadOnlySpan<Literal> literals) => MemoryMarshal.Cast<Literal, int>(literals);

    public static Literal operator !(Literal literal) => new(literal.Code ^ 1);

    public bool Equals(Literal other) => Code == other.Code;

    public override int GetHashCode() => Code;
}
