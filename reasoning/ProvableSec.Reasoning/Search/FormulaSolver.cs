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
    private readonly List<(Guard? Guard, int Literal)> roots = [];
    private readonly Dictionary<Guard, int> guards = [];
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
    /// <param name="literal">The formula.</param>
    /// <param name="guard">The guard; null for what is always so.</param>
    public void Assert(int literal, Guard? guard = null)
    {
        if (literal == FormulaBuilder.True)
        {
            return;
        }

        roots.Add((guard, literal));

        // A disjunction at the root needs no variable of its own.
        int[]? conjuncts = (literal & 1) == 1 ? graph.Conjuncts(literal >> 1) : null;
        int count = guard is null ? 0 : 1;
        int[] clause = new int[count + (conjuncts?.Length ?? 1)];
        if (guard is not null)
        {
            clause[0] = VariableOf(guard) ^ 1;
        }

        for (int i = 0; conjuncts is not null && i < conjuncts.Length; i++)
        {
            clause[count + i] = Encode(conjuncts[i] ^ 1);
        }

        if (conjuncts is null)
        {
            clause[count] = Encode(literal);
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
        var assumptions = new List<int>();
        foreach (KeyValuePair<Guard, int> guard in guards)
        {
            assumptions.Add(on.Contains(guard.Key) ? guard.Value : guard.Value ^ 1);
        }

        foreach (KeyValuePair<Reading, bool> reading in fixedReadings)
        {
            assumptions.Add(Encode(formulas.Reading(reading.Key)) ^ (reading.Value ? 0 : 1));
        }

        LinkAtoms();
        RequestModel? model = null;
        bool found = sat.Solve(assumptions, () =>
        {
            budget.SpendWork(WorkOfNode * graph.Count);
            List<int> needed = implicant.Of(roots.Where(r => r.Guard is null || on.Contains(r.Guard)).Select(r => r.Literal));
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

    private int VariableOf(Guard guard)
    {
        if (!guards.TryGetValue(guard, out int literal))
        {
            guards.Add(guard, literal = sat.NewVariable() * 2);
        }

        return literal;
    }

    private int[] Clause(Conflict conflict, Reading readings)
    {
        var clause = new List<int>();
        foreach (KeyValuePair<int, bool> item in conflict.Clause)
        {
            clause.Add(Encode(graph.Atom(item.Key) ^ (item.Value ? 0 : 1)));
        }

        foreach (Reading reading in ArnReadings)
        {
            if ((conflict.Sensitivity & reading) != 0)
            {
                clause.Add(Encode(formulas.Reading(reading)) ^ ((readings & reading) != 0 ? 1 : 0));
            }
        }

        return [.. clause];
    }

    /// <summary>The SAT literal of a formula literal, with the clauses of the polarity in which it is used (Plaisted and Greenbaum).</summary>
    private int Encode(int literal)
    {
        int node = literal >> 1;
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
                sat.AddClause(variableOfNode[node] * 2);
            }
        }

        int variable = variableOfNode[node] * 2;
        byte polarity = (byte)((literal & 1) == 0 ? 1 : 2);
        if (graph.Conjuncts(node) is { } conjuncts && (encoded[node] & polarity) == 0)
        {
            encoded[node] |= polarity;
            if (polarity == 1)
            {
                foreach (int conjunct in conjuncts)
                {
                    sat.AddClause(variable ^ 1, Encode(conjunct));
                }
            }
            else
            {
                int[] clause = new int[conjuncts.Length + 1];
                clause[0] = variable;
                for (int i = 0; i < conjuncts.Length; i++)
                {
                    clause[i + 1] = Encode(conjuncts[i] ^ 1);
                }

                sat.AddClause(clause);
            }
        }

        return variable ^ (literal & 1);
    }

    /// <summary>A key with a value in or outside a set is present.</summary>
    private void LinkAtoms()
    {
        for (; linkedAtoms < formulas.Atoms.Count; linkedAtoms++)
        {
            RequestAtom atom = formulas.Atoms[linkedAtoms];
            int literal = Encode(graph.Atom(linkedAtoms));
            if (atom.Kind is AtomKind.Exists or AtomKind.Misses && !atom.Variable!.IsAlwaysPresent)
            {
                sat.AddClause(literal ^ 1, Encode(formulas.Present(atom.Variable)));
            }
        }
    }

    private bool IsTrue(int node) => sat.ValueOf(Encode(node * 2)) > 0;

    private Reading ReadingsAtHand()
    {
        Reading readings = Reading.None;
        foreach (KeyValuePair<Reading, int> reading in formulas.Readings)
        {
            readings |= IsTrue(reading.Value >> 1) ? reading.Key : Reading.None;
        }

        return readings;
    }

    private Dictionary<string, bool> FreeAtoms(List<int> needed)
    {
        var free = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (int literal in needed)
        {
            if (formulas.Atoms[literal >> 1] is { Kind: AtomKind.Free } atom)
            {
                free[atom.Name] = (literal & 1) == 0;
            }
        }

        return free;
    }
}
