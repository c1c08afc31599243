using System.Runtime.InteropServices;

namespace ProvableSec.Reasoning.Formulas;

/// <summary>
/// A formula of one graph: a node, or its negation. Equal formulas are equal nodes (<see cref="FormulaBuilder"/>). It costs what its number costs, and is
/// a type of its own so that it is never taken for a literal of the solver (<see cref="Search.Literal"/>), for a node or for an atom.
/// </summary>
internal readonly record struct Formula
{
    private Formula(int code) => Code = code;

    /// <summary>Always true: node 0.</summary>
    public static Formula True => default;

    /// <summary>Always false.</summary>
    public static Formula False => new(1);

    /// <summary>Twice the node, plus one when negated: an index by formula.</summary>
    public int Code { get; }

    /// <summary>The node.</summary>
    public int Node => Code >> 1;

    /// <summary>Whether it is the negation of its node.</summary>
    public bool IsNegated => (Code & 1) != 0;

    /// <summary>The formula that is a node.</summary>
    public static Formula OfNode(int node) => new(2 * node);

    /// <summary>The formula of a <see cref="Code"/>.</summary>
    public static Formula OfCode(int code) => new(code);

    /// <summary>Formulas as their codes, in place.</summary>
    public static ReadOnlySpan<int> Codes(ReadOnlySpan<Formula> formulas) => MemoryMarshal.Cast<Formula, int>(formulas);

    /// <summary>Codes as formulas, in place.</summary>
    public static ReadOnlySpan<Formula> OfCodes(ReadOnlySpan<int> codes) => MemoryMarshal.Cast<int, Formula>(codes);

    public static Formula operator !(Formula formula) => new(formula.Code ^ 1);

    public bool Equals(Formula other) => Code == other.Code;

    public override int GetHashCode() => Code;
}
