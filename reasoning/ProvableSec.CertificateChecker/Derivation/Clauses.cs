namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>A disjunction of literals: an atom's number, negative when negated.</summary>
/// <param name="Origin">What in the question it says in other words.</param>
/// <param name="Literals">In ascending order, each once.</param>
internal sealed record Clause(string Origin, IReadOnlyList<int> Literals);

/// <summary>
/// Formulas as clauses, after Tseitin: each part gets a Boolean of its own that implies it. Asserted formulas have the models that the clauses have.
/// </summary>
internal sealed class Clauses(Atoms atoms)
{
    private readonly List<Clause> clauses = [];
    private readonly Dictionary<(Formula Part, bool Sign), int> parts = [];

    public IReadOnlyList<Clause> All => clauses;

    /// <summary>States that a formula is true.</summary>
    public void Assert(Formula formula, string origin)
    {
        (Formula part, bool sign) = Bare(formula, true);
        if (IsConjunction(part, sign))
        {
            foreach (Formula item in part.Items)
            {
                Assert(sign ? item : Formula.Not(item), part.Origin.Length > 0 ? part.Origin : origin);
            }
        }
        else if (part.Kind is FormulaKind.And or FormulaKind.Or)
        {
            Add(part.Origin.Length > 0 ? part.Origin : origin, part.Items.Select(i => Literal(i, sign, origin)));
        }
        else if (!IsTrue(part, sign))
        {
            Add(origin, part.Kind == FormulaKind.Atom ? [sign ? part.AtomNumber : -part.AtomNumber] : []);
        }
    }

    private int Literal(Formula formula, bool positive, string origin)
    {
        (Formula part, bool sign) = Bare(formula, positive);
        if (part.Kind == FormulaKind.Atom)
        {
            return sign ? part.AtomNumber : -part.AtomNumber;
        }

        if (parts.TryGetValue((part, sign), out int known))
        {
            return known;
        }

        string from = part.Origin.Length > 0 ? part.Origin : origin;
        int number = atoms.Number(new Atom(AtomKind.Free, $"part {parts.Count + 1}: {from} {(sign ? "holds" : "does not hold")}"));
        parts.Add((part, sign), number);
        if (IsConjunction(part, sign))
        {
            foreach (Formula item in part.Items)
            {
                Add(from, [-number, Literal(item, sign, from)]);
            }
        }
        else if (part.Kind is FormulaKind.And or FormulaKind.Or)
        {
            Add(from, [-number, .. part.Items.Select(i => Literal(i, sign, from))]);
        }
        else if (!IsTrue(part, sign))
        {
            Add(from, [-number]);
        }

        return number;
    }

    private static (Formula Part, bool Sign) Bare(Formula formula, bool sign) => formula.Kind == FormulaKind.Not ? (formula.Items[0], !sign) : (formula, sign);

    private static bool IsConjunction(Formula part, bool sign) => part.Kind == (sign ? FormulaKind.And : FormulaKind.Or);

    private static bool IsTrue(Formula part, bool sign) => part.Kind == (sign ? FormulaKind.True : FormulaKind.False);

    private void Add(string origin, IEnumerable<int> literals)
    {
        int[] sorted = [.. new SortedSet<int>(literals)];
        if (!sorted.Any(l => Array.IndexOf(sorted, -l) >= 0))
        {
            clauses.Add(new Clause(origin, sorted));
        }
    }
}
