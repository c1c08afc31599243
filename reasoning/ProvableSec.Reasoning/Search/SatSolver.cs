using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// A conflict-driven clause-learning solver: two watched literals, first-UIP learning, activities, saved phases, restarts.
/// After Eén and Sörensson, "An Extensible SAT-solver" (SAT 2003).
/// The theory is asked about complete assignments only, and answers with clauses that exclude them.
/// </summary>
/// <param name="budget">Pays for the work.</param>
/// <param name="log">Told of every clause learned, each of which follows from those before it by unit propagation; null where nobody keeps a proof.</param>
internal sealed class SatSolver(Budget budget, Action<IReadOnlyList<Literal>>? log = null)
{
    private const int NoClause = -1;

    private readonly List<Literal[]> clauses = [];
    private readonly VariableOrder order = new();
    private readonly List<Literal> trail = [];
    private readonly List<int> trailLimits = [];

    // By literal.
    private WatchList[] watches = new WatchList[128];

    // By variable.
    private sbyte[] values = new sbyte[64];
    private int[] levels = new int[64];
    private int[] reasons = new int[64];
    private bool[] phases = new bool[64];
    private bool[] seen = new bool[64];

    // The literals of the clause that is being added.
    private Literal[] adding = new Literal[16];
    private int variables, propagated;
    private bool contradiction;

    /// <summary>Adds a variable; unless something forces it, it is tried as <paramref name="phase"/> first.</summary>
    public int NewVariable(bool phase = false)
    {
        if (variables == values.Length)
        {
            int length = 2 * variables;
            Array.Resize(ref values, length);
            Array.Resize(ref levels, length);
            Array.Resize(ref reasons, length);
            Array.Resize(ref phases, length);
            Array.Resize(ref seen, length);
            Array.Resize(ref watches, 2 * length);
        }

        reasons[variables] = NoClause;
        phases[variables] = phase;
        order.Add();
        return variables++;
    }

    /// <summary>1 when the literal is true in the assignment at hand, -1 when false, 0 when open.</summary>
    public int ValueOf(Literal literal) => literal.IsNegative ? -values[literal.Variable] : values[literal.Variable];

    /// <summary>Adds a clause. Any assignment at hand is given up.</summary>
    public void AddClause(params ReadOnlySpan<Literal> literals)
    {
        Backtrack(0);
        if (literals.Length > adding.Length)
        {
            adding = new Literal[2 * literals.Length];
        }

        int count = 0;
        foreach (Literal literal in literals)
        {
            int value = ValueOf(literal);
            budget.SpendWork(count);
            if (value > 0 || Literal.Codes(adding.AsSpan(0, count)).IndexOf((!literal).Code) >= 0)
            {
                return;
            }

            if (value == 0 && Literal.Codes(adding.AsSpan(0, count)).IndexOf(literal.Code) < 0)
            {
                adding[count++] = literal;
            }
        }

        switch (count)
        {
            case 0:
                contradiction = true;
                break;
            case 1:
                Assign(adding[0], NoClause);
                contradiction |= Propagate() != NoClause;
                break;
            default:
                Attach(adding.AsSpan(0, count).ToArray());
                break;
        }
    }

    /// <summary>
    /// Looks for an assignment under assumptions. <paramref name="theory"/> is called on each complete assignment and returns null to accept it,
    /// or clauses, at least one of which the assignment violates.
    /// </summary>
    /// <returns>True with the assignment left in place, or false when there is none.</returns>
    public bool Solve(IReadOnlyList<Literal> assumptions, Func<IReadOnlyList<Literal[]>?> theory)
    {
        Backtrack(0);
        int conflicts = 0, limit = 100;
        while (true)
        {
            if (contradiction)
            {
                return false;
            }

            int conflict = Propagate();
            if (conflict != NoClause)
            {
                if (trailLimits.Count == 0)
                {
                    contradiction = true;
                    return false;
                }

                conflicts++;
                Learn(conflict);
                continue;
            }

            if (conflicts > limit)
            {
                conflicts = 0;
                limit += limit / 2;
                Backtrack(0);
                continue;
            }

            Literal? next = null;
            while (trailLimits.Count < assumptions.Count)
            {
                Literal assumption = assumptions[trailLimits.Count];
                int value = ValueOf(assumption);
                if (value < 0)
                {
                    Backtrack(0);
                    return false;
                }

                if (value > 0)
                {
                    // Already true: an empty level keeps levels and assumptions in step.
                    trailLimits.Add(trail.Count);
                    continue;
                }

                next = assumption;
                break;
            }

            if (next is not { } decided)
            {
                int variable = order.Pick(values);
                if (variable < 0)
                {
                    if (theory() is not { } lemmas)
                    {
                        return true;
                    }

                    foreach (Literal[] lemma in lemmas)
                    {
                        AddClause(lemma);
                    }

                    continue;
                }

                decided = Literal.Of(variable, phases[variable]);
            }

            trailLimits.Add(trail.Count);
            Assign(decided, NoClause);
        }
    }

    private void Attach(Literal[] clause)
    {
        int index = clauses.Count;
        clauses.Add(clause);
        watches[clause[0].Code].Add(index);
        watches[clause[1].Code].Add(index);
    }

    private void Assign(Literal literal, int reason)
    {
        int variable = literal.Variable;
        values[variable] = (sbyte)(literal.IsNegative ? -1 : 1);
        levels[variable] = trailLimits.Count;
        reasons[variable] = reason;
        trail.Add(literal);
    }

    private int Propagate()
    {
        while (propagated < trail.Count)
        {
            Literal falsified = !trail[propagated++];
            ref WatchList watching = ref watches[falsified.Code];
            int count = watching.Count, kept = 0;
            int[] indices = watching.Clauses ?? [];
            budget.Spend(1 + count);
            for (int i = 0; i < count; i++)
            {
                int index = indices[i];
                Literal[] clause = clauses[index];
                if (clause[0] == falsified)
                {
                    (clause[0], clause[1]) = (clause[1], clause[0]);
                }

                if (ValueOf(clause[0]) > 0)
                {
                    indices[kept++] = index;
                    continue;
                }

                bool moved = false;
                budget.SpendWork(clause.Length);
                for (int k = 2; k < clause.Length; k++)
                {
                    if (ValueOf(clause[k]) >= 0)
                    {
                        // Another literal's list, never this one: the clause's other literals are not the falsified one.
                        (clause[1], clause[k]) = (clause[k], clause[1]);
                        watches[clause[1].Code].Add(index);
                        moved = true;
                        break;
                    }
                }

                if (moved)
                {
                    continue;
                }

                indices[kept++] = index;
                if (ValueOf(clause[0]) < 0)
                {
                    for (i++; i < count; i++)
                    {
                        indices[kept++] = indices[i];
                    }

                    watching.Count = kept;
                    return index;
                }

                Assign(clause[0], index);
            }

            watching.Count = kept;
        }

        return NoClause;
    }

    private void Learn(int conflict)
    {
        var learned = new List<Literal> { default };
        int open = 0, at = trail.Count - 1, level = trailLimits.Count, reason = conflict, resolved = -1;
        do
        {
            foreach (Literal other in clauses[reason])
            {
                int variable = other.Variable;
                if (variable == resolved || seen[variable] || levels[variable] == 0)
                {
                    continue;
                }

                seen[variable] = true;
                order.Bump(variable);
                if (levels[variable] == level)
                {
                    open++;
                }
                else
                {
                    learned.Add(other);
                }
            }

            while (!seen[trail[at].Variable])
            {
                at--;
            }

            learned[0] = !trail[at--];
            resolved = learned[0].Variable;
            seen[resolved] = false;
            reason = reasons[resolved];
            open--;
        }
        while (open > 0);

        int back = 0;
        for (int i = 1; i < learned.Count; i++)
        {
            seen[learned[i].Variable] = false;
            if (levels[learned[i].Variable] > back)
            {
                back = levels[learned[i].Variable];
                (learned[1], learned[i]) = (learned[i], learned[1]);
            }
        }

        log?.Invoke(learned);
        order.Age();
        Backtrack(back);
        if (learned.Count == 1)
        {
            Assign(learned[0], NoClause);
        }
        else
        {
            Attach([.. learned]);
            Assign(learned[0], clauses.Count - 1);
        }
    }

    private void Backtrack(int level)
    {
        if (trailLimits.Count <= level)
        {
            return;
        }

        int keep = trailLimits[level];
        for (int i = trail.Count - 1; i >= keep; i--)
        {
            int variable = trail[i].Variable;
            phases[variable] = values[variable] > 0;
            values[variable] = 0;
            order.Release(variable);
        }

        trail.RemoveRange(keep, trail.Count - keep);
        trailLimits.RemoveRange(level, trailLimits.Count - level);
        propagated = Math.Min(propagated, keep);
    }

    /// <summary>The clauses that watch a literal.</summary>
    private struct WatchList
    {
        public int[]? Clauses;

        public int Count;

        public void Add(int clause)
        {
            if (Clauses is null || Count == Clauses.Length)
            {
                Array.Resize(ref Clauses, Math.Max(4, 2 * Count));
            }

            Clauses![Count++] = clause;
        }
    }
}
