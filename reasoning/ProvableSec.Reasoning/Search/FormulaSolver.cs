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
        var clause = new List<int>();
        if (guard is not null)
        {
            clause.Add(VariableOf(guard) ^ 1);
        }

        // A disjunction at the root needs no variable of its own.
        if ((literal & 1) == 1 && graph.Conjuncts(literal >> 1) is { } conjuncts)
        {
            foreach (int conjunct in conjuncts)
            {
                clause.Add(Encode(conjunct ^ 1));
            }
        }
        else
        {
            clause.Add(Encode(literal));
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
            Dictionary<int, bool> needed = Implicant(on);
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
                sat.AddClause([variableOfNode[node] * 2]);
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
                    sat.AddClause([variable ^ 1, Encode(conjunct)]);
                }
            }
            else
            {
                var clause = new List<int> { variable };
                foreach (int conjunct in conjuncts)
                {
                    clause.Add(Encode(conjunct ^ 1));
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
                sat.AddClause([literal ^ 1, Encode(formulas.Present(atom.Variable))]);
            }
        }
    }

    private bool IsTrue(int atom) => sat.ValueOf(Encode(graph.Atom(atom))) > 0;

    private Reading ReadingsAtHand()
    {
        Reading readings = Reading.None;
        foreach (KeyValuePair<Reading, int> reading in formulas.Readings)
        {
            readings |= IsTrue(graph.AtomOf(reading.Value >> 1)) ? reading.Key : Reading.None;
        }

        return readings;
    }

    private Dictionary<string, bool> FreeAtoms(Dictionary<int, bool> needed)
    {
        var free = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (KeyValuePair<int, bool> atom in needed)
        {
            if (formulas.Atoms[atom.Key].Kind == AtomKind.Free)
            {
                free[formulas.Atoms[atom.Key].Name] = atom.Value;
            }
        }

        return free;
    }

    /// <summary>
    /// The atoms whose values make the asserted formulas true: of a disjunction one member is enough. The theory need not satisfy more,
    /// and what is not needed stays out of the witness.
    /// </summary>
    private Dictionary<int, bool> Implicant(HashSet<Guard> on)
    {
        sbyte[] truth = new sbyte[graph.Count];
        var needed = new Dictionary<int, bool>();
        var visited = new HashSet<int>();
        var work = new Stack<int>();
        foreach ((Guard? guard, int literal) in roots)
        {
            if (guard is null || on.Contains(guard))
            {
                work.Push(literal);
            }
        }

        while (work.Count > 0)
        {
            int literal = work.Pop();
            if (!visited.Add(literal))
            {
                continue;
            }

            int node = literal >> 1;
            if (graph.Conjuncts(node) is not { } conjuncts)
            {
                if (node != 0)
                {
                    needed[graph.AtomOf(node)] = (literal & 1) == 0;
                }

                continue;
            }

            if ((literal & 1) == 0)
            {
                foreach (int conjunct in conjuncts)
                {
                    work.Push(conjunct);
                }

                continue;
            }

            int chosen = -1, best = int.MaxValue;
            foreach (int conjunct in conjuncts)
            {
                if (Truth(conjunct ^ 1, truth))
                {
                    int cost = visited.Contains(conjunct ^ 1) ? 0 : CostOf(conjunct ^ 1);
                    if (cost < best)
                    {
                        best = cost;
                        chosen = conjunct ^ 1;
                    }
                }
            }

            work.Push(chosen);
        }

        return needed;
    }

    /// <summary>Free Booleans and absent keys cost the theory nothing, conjunctions most.</summary>
    private int CostOf(int literal)
    {
        int node = literal >> 1;
        if (graph.Conjuncts(node) is not null)
        {
            return 5;
        }

        return graph.AtomOf(node) is var atom and >= 0 && formulas.Atoms[atom].Kind is var kind
            ? kind == AtomKind.Free ? 1 : (literal & 1) == 1 ? 2 : kind == AtomKind.Present ? 3 : 4
            : 1;
    }

    private bool Truth(int literal, sbyte[] truth)
    {
        int node = literal >> 1;
        if (truth[node] == 0)
        {
            bool value = true;
            if (graph.Conjuncts(node) is { } conjuncts)
            {
                foreach (int conjunct in conjuncts)
                {
                    if (!Truth(conjunct, truth))
                    {
                        value = false;
                        break;
                    }
                }
            }
            else if (node != 0)
            {
                value = IsTrue(graph.AtomOf(node));
            }

            truth[node] = (sbyte)(value ? 1 : -1);
        }

        return truth[node] > 0 == ((literal & 1) == 0);
    }
}
