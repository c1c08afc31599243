using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// Looks for a request that satisfies formulas. Formulas are asserted for good, or under a guard that single questions switch on;
/// what is learned in one question serves the next.
/// </summary>
internal sealed class FormulaSolver
{
    private static readonly Reading[] ArnReadings = [Reading.InnerStarStopsAtColon, Reading.NoWildcardInServiceField, Reading.ShortArnMatchesNothing,
        Reading.BareIpv6Is32];

    // A model is looked through node by node.
    private const int WorkOfNode = 4;

    private readonly RequestFormulas formulas;
    private readonly Budget budget;
    private readonly FormulaBuilder graph;
    private readonly SatSolver sat;
    private readonly RequestTheory theory;
    private readonly Implicant implicant;
    private readonly List<int> variableOfNode = [];
    private readonly List<byte> encoded = [];
    private readonly List<(Guard? Guard, Formula Formula)> roots = [];
    private readonly Dictionary<Guard, Literal> guards = [];
    private int linkedAtoms;

    public FormulaSolver(RequestFormulas formulas, Budget budget)
    {
        this.formulas = formulas;
        this.budget = budget;
        graph = formulas.Graph;
        sat = new SatSolver(budget);
        theory = new RequestTheory(formulas, budget);
        implicant = new Implicant(formulas, IsTrue);
        foreach (Reading reading in ArnReadings)
        {
            // The theory consults these whether or not a formula names them.
            formulas.Reading(reading);
        }
    }

    /// <summary>True when a search was not exhaustive: then "no model" proves nothing.</summary>
    public bool IsIncomplete => theory.IsIncomplete;

    /// <summary>The key on which it was not.</summary>
    public string IncompleteKey => theory.IncompleteKey;

    /// <summary>Asserts a formula, always or when its guard is switched on.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="guard">The guard; null for what is always so.</param>
    public void Assert(Formula formula, Guard? guard = null)
    {
        if (formula == Formula.True)
        {
            return;
        }

        roots.Add((guard, formula));

        // A disjunction at the root needs no variable of its own.
        Formula[]? conjuncts = formula.IsNegated ? graph.Conjuncts(formula.Node) : null;
        int count = guard is null ? 0 : 1;
        var clause = new Literal[count + (conjuncts?.Length ?? 1)];
        if (guard is not null)
        {
            clause[0] = !SwitchOf(guard);
        }

        for (int i = 0; conjuncts is not null && i < conjuncts.Length; i++)
        {
            clause[count + i] = Encode(!conjuncts[i]);
        }

        if (conjuncts is null)
        {
            clause[count] = Encode(formula);
        }

        sat.AddClause(clause);
    }

    /// <summary>Looks for a model.</summary>
    /// <param name="guardsOn">The guards to switch on.</param>
    /// <param name="fixedReadings">For each disputed point given, the reading to take; the others are free.</param>
    /// <returns>A model, or null when there is none (a proof unless <see cref="IsIncomplete"/>).</returns>
    public RequestModel? Solve(IEnumerable<Guard> guardsOn, IEnumerable<KeyValuePair<Reading, bool>> fixedReadings)
    {
        var on = new HashSet<Guard>(guardsOn);
        var assumptions = new List<Literal>();
        foreach (KeyValuePair<Guard, Literal> guard in guards)
        {
            assumptions.Add(on.Contains(guard.Key) ? guard.Value : !guard.Value);
        }

        foreach (KeyValuePair<Reading, bool> reading in fixedReadings)
        {
            Literal taken = Encode(formulas.Reading(reading.Key));
            assumptions.Add(reading.Value ? taken : !taken);
        }

        LinkAtoms();
        RequestModel? model = null;
        bool found = sat.Solve(assumptions, () =>
        {
            budget.SpendWork(WorkOfNode * graph.Count);
            List<Literal> needed = implicant.Of(roots.Where(r => r.Guard is null || on.Contains(r.Guard)).Select(r => r.Formula));
            Reading readings = ReadingsAtHand();
            List<Conflict> conflicts = theory.Check(needed, readings, out Dictionary<RequestVariable, List<string>> values);
            if (conflicts.Count == 0)
            {
                model = new RequestModel(values, FreeAtoms(needed), readings);
                return null;
            }

            return conflicts.ConvertAll(c => Clause(c, readings));
        });
        return found ? model : null;
    }

    private Literal SwitchOf(Guard guard)
    {
        if (!guards.TryGetValue(guard, out Literal literal))
        {
            guards.Add(guard, literal = Literal.Of(sat.NewVariable()));
        }

        return literal;
    }

    private Literal[] Clause(Conflict conflict, Reading readings)
    {
        var clause = new List<Literal>();
        foreach (Literal atom in conflict.Clause)
        {
            Formula formula = graph.Atom(atom.Variable);
            clause.Add(Encode(atom.IsNegative ? !formula : formula));
        }

        foreach (Reading reading in ArnReadings)
        {
            if ((conflict.Sensitivity & reading) != 0)
            {
                Literal other = Encode(formulas.Reading(reading));
                clause.Add((readings & reading) != 0 ? !other : other);
            }
        }

        return [.. clause];
    }

    /// <summary>The literal of a formula, with the clauses of the polarity in which it is used (Plaisted and Greenbaum).</summary>
    private Literal Encode(Formula formula)
    {
        int node = formula.Node;
        while (variableOfNode.Count <= node)
        {
            variableOfNode.Add(-1);
            encoded.Add(0);
        }

        if (variableOfNode[node] < 0)
        {
            variableOfNode[node] = sat.NewVariable();
            if (node == 0)
            {
                sat.AddClause(Literal.Of(variableOfNode[node]));
            }
        }

        Literal literal = Literal.Of(variableOfNode[node]);
        byte polarity = (byte)(formula.IsNegated ? 2 : 1);
        if (graph.Conjuncts(node) is { } conjuncts && (encoded[node] & polarity) == 0)
        {
            encoded[node] |= polarity;
            if (polarity == 1)
            {
                foreach (Formula conjunct in conjuncts)
                {
                    sat.AddClause(!literal, Encode(conjunct));
                }
            }
            else
            {
                var clause = new Literal[conjuncts.Length + 1];
                clause[0] = literal;
                for (int i = 0; i < conjuncts.Length; i++)
                {
                    clause[i + 1] = Encode(!conjuncts[i]);
                }

                sat.AddClause(clause);
            }
        }

        return formula.IsNegated ? !literal : literal;
    }

    /// <summary>A key with a value in or outside a set is present.</summary>
    private void LinkAtoms()
    {
        for (; linkedAtoms < formulas.Atoms.Count; linkedAtoms++)
        {
            RequestAtom atom = formulas.Atoms[linkedAtoms];
            Literal literal = Encode(graph.Atom(linkedAtoms));
            if (atom.Kind is AtomKind.Exists or AtomKind.Misses && !atom.Variable!.IsAlwaysPresent)
            {
                sat.AddClause(!literal, Encode(formulas.Present(atom.Variable)));
            }
        }
    }

    private bool IsTrue(int node) => sat.ValueOf(Encode(Formula.OfNode(node))) > 0;

    private Reading ReadingsAtHand()
    {
        Reading readings = Reading.None;
        foreach (KeyValuePair<Reading, Formula> reading in formulas.Readings)
        {
            readings |= IsTrue(reading.Value.Node) ? reading.Key : Reading.None;
        }

        return readings;
    }

    private Dictionary<string, bool> FreeAtoms(List<Literal> needed)
    {
        var free = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (Literal literal in needed)
        {
            if (formulas.Atoms[literal.Variable] is { Kind: AtomKind.Free } atom)
            {
                free[atom.Name] = !literal.IsNegative;
            }
        }

        return free;
    }
}
