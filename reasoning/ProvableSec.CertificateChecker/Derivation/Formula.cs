namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What a formula is.</summary>
internal enum FormulaKind
{
    True,
    False,
    Atom,
    And,
    Or,
    Not,
}

/// <summary>A formula, with the place in the question that it says in other words.</summary>
internal sealed class Formula
{
    private Formula(FormulaKind kind, string origin, int atom, IReadOnlyList<Formula> items)
    {
        Kind = kind;
        Origin = origin;
        AtomNumber = atom;
        Items = items;
    }

    public static Formula True { get; } = new(FormulaKind.True, "", 0, []);

    public static Formula False { get; } = new(FormulaKind.False, "", 0, []);

    public FormulaKind Kind { get; }

    /// <summary>The place: a document, its statement and element, or what else it is from.</summary>
    public string Origin { get; }

    /// <summary>The number of an atom, from 1.</summary>
    public int AtomNumber { get; }

    public IReadOnlyList<Formula> Items { get; }

    public static Formula Atom(int number) => new(FormulaKind.Atom, "", number, []);

    public static Formula Not(Formula item) => item.Kind switch
    {
        FormulaKind.True => False,
        FormulaKind.False => True,
        FormulaKind.Not => item.Items[0],
        _ => new(FormulaKind.Not, item.Origin, 0, [item]),
    };

    public static Formula And(string origin, params Formula[] items) => Join(FormulaKind.And, True, False, origin, items);

    public static Formula Or(string origin, params Formula[] items) => Join(FormulaKind.Or, False, True, origin, items);

    /// <summary>If one holds, so does the other.</summary>
    public static Formula Implies(string origin, Formula condition, Formula then) => Or(origin, Not(condition), then);

    /// <summary>Both hold or neither.</summary>
    public static Formula Same(string origin, Formula a, Formula b) => And(origin, Implies(origin, a, b), Implies(origin, b, a));

    private static Formula Join(FormulaKind kind, Formula neutral, Formula deciding, string origin, Formula[] items)
    {
        Formula[] kept = [.. items.Where(i => i.Kind != neutral.Kind)];
        return kept.Any(i => i.Kind == deciding.Kind) ? deciding
            : kept.Length switch { 0 => neutral, 1 => kept[0], _ => new(kind, origin, 0, kept) };
    }
}
