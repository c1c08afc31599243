using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// A conflict-driven clause-learning solver: two watched literals, first-UIP learning, activities, saved phases, restarts.
/// After Eén and Sörensson, "An Extensible SAT-solver" (SAT 2003). A literal is twice its variable, plus one when negated.
/// The theory is asked about complete assignments only, and answers with clauses that exclude them.
/// </summary>
/// <param name="budget">Pays for the work.</param>
/// <param name="log">Told of every clause learned, each of which follows from those before it by unit propagation; null where nobody keeps a proof.</param>
internal sealed class SatSolver(Budget budget, Action<IReadOnlyList<int>>? log = null)
{
    private const int NoClause = -1;

    private readonly List<int[]> clauses = [];
    private readonly List<List<int>> watches = [];
    private readonly List<sbyte> values = [];
    private readonly List<int> levels = [];
    private readonly List<int> reasons = [];
    private readonly List<bool> phases = [];
    private readonly List<double> activity = [];
    private readonly List<bool> seen = [];
    private readonly List<int> trail = [];
    private readonly List<int> trailLimits = [];
    private readonly List<int> heap = [];
    private readonly List<int> heapIndex = [];
    private int propagated;
    private double bump = 1;
    private bool contradiction;

    /// <summary>Number of variables.</summary>
    public int VariableCount => values.Count;

    /// <summary>Adds a variable; unless something forces it, it is tried as <paramref name="phase"/> first.</summary>
    public int NewVariable(bool phase = false)
    {
        int variable = values.Count;
        values.Add(0);
        levels.Add(0);
        reasons.Add(NoClause);
        phases.Add(phase);
        activity.Add(0);
        seen.Add(false);
        watches.Add([]);
        watches.Add([]);
        heapIndex.Add(-1);
        HeapInsert(variable);
        return variable;
    }

    /// <summary>1 when the literal is true in the assignment at hand, -1 when false, 0 when open.</summary>
    public int ValueOf(int literal) => (literal & 1) == 0 ? values[literal >> 1] : -values[literal >> 1];

    /// <summary>Adds a clause. Any assignment at hand is given up.</summary>
    public void AddClause(IEnumerable<int> literals)
    {
        Backtrack(0);
        var kept = new List<int>();
        foreach (int literal in literals)
        {
            int value = ValueOf(literal);
            budget.SpendWork(kept.Count);
            if (value > 0 || kept.Contains(literal ^ 1))
            {
                return;
            }

            if (value == 0 && !kept.Contains(literal))
            {
                kept.Add(literal);
            }
        }

        switch (kept.Count)
        {
            case 0:
                contradiction = true;
                break;
            case 1:
                Assign(kept[0], NoClause);
                contradiction |= Propagate() != NoClause;
                break;
            default:
                Attach([.. kept]);
                break;
        }
    }

    /// <summary>
    /// Looks for an assignment under assumptions. <paramref name="theory"/> is called on each complete assignment and returns null to accept it,
    /// or clauses, at least one of which the assignment violates.
    /// </summary>
    /// <returns>True with the assignment left in place, or false when there is none.</returns>
    public bool Solve(IReadOnlyList<int> assumptions, Func<IReadOnlyList<int[]>?> theory)
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

            int next = -1;
            while (trailLimits.Count < assumptions.Count)
            {
                int assumption = assumptions[trailLimits.Count];
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

            if (next < 0)
            {
                int variable = PickVariable();
                if (variable < 0)
                {
                    if (theory() is not { } lemmas)
                    {
                        return true;
                    }

                    foreach (int[] lemma in lemmas)
                    {
                        AddClause(lemma);
                    }

                    continue;
                }

                next = (variable * 2) + (phases[variable] ? 0 : 1);
            }

            trailLimits.Add(trail.Count);
            Assign(next, NoClause);
        }
    }

    private void Attach(int[] clause)
    {
        int index = clauses.Count;
        clauses.Add(clause);
        watches[clause[0]].Add(index);
        watches[clause[1]].Add(index);
    }

    private void Assign(int literal, int reason)
    {
        int variable = literal >> 1;
        values[variable] = (sbyte)((literal & 1) == 0 ? 1 : -1);
        levels[variable] = trailLimits.Count;
        reasons[variable] = reason;
        trail.Add(literal);
    }

    private int Propagate()
    {
        while (propagated < trail.Count)
        {
            int falsified = trail[propagated++] ^ 1;
            List<int> watching = watches[falsified];
            budget.Spend(1 + watching.Count);
            int kept = 0;
            for (int i = 0; i < watching.Count; i++)
            {
                int index = watching[i];
                int[] clause = clauses[index];
                if (clause[0] == falsified)
                {
                    (clause[0], clause[1]) = (clause[1], clause[0]);
                }

                if (ValueOf(clause[0]) > 0)
                {
                    watching[kept++] = index;
                    continue;
                }

                bool moved = false;
                budget.SpendWork(clause.Length);
                for (int k = 2; k < clause.Length; k++)
                {
                    if (ValueOf(clause[k]) >= 0)
                    {
                        (clause[1], clause[k]) = (clause[k], clause[1]);
                        watches[clause[1]].Add(index);
                        moved = true;
                        break;
                    }
                }

                if (moved)
                {
                    continue;
                }

                watching[kept++] = index;
                if (ValueOf(clause[0]) < 0)
                {
                    for (i++; i < watching.Count; i++)
                    {
                        watching[kept++] = watching[i];
                    }

                    watching.RemoveRange(kept, watching.Count - kept);
                    return index;
                }

                Assign(clause[0], index);
            }

            watching.RemoveRange(kept, watching.Count - kept);
        }

        return NoClause;
    }

    private void Learn(int conflict)
    {
        var learned = new List<int> { 0 };
        int open = 0, at = trail.Count - 1, literal = -1, level = trailLimits.Count;
        int reason = conflict;
        do
        {
            foreach (int other in clauses[reason])
            {
                int variable = other >> 1;
                if (other == literal || seen[variable] || levels[variable] == 0)
                {
                    continue;
                }

                seen[variable] = true;
                Bump(variable);
                if (levels[variable] == level)
                {
                    open++;
                }
                else
                {
                    learned.Add(other);
                }
            }

            while (!seen[trail[at] >> 1])
            {
                at--;
            }

            literal = trail[at--];
            seen[literal >> 1] = false;
            reason = reasons[literal >> 1];
            open--;
        }
        while (open > 0);

        learned[0] = literal ^ 1;
        int back = 0;
        for (int i = 1; i < learned.Count; i++)
        {
            seen[learned[i] >> 1] = false;
            if (levels[learned[i] >> 1] > back)
            {
                back = levels[learned[i] >> 1];
                (learned[1], learned[i]) = (learned[i], learned[1]);
            }
        }

        log?.Invoke(learned);
        bump *= 1.05;
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
            int variable = trail[i] >> 1;
            phases[variable] = values[variable] > 0;
            values[variable] = 0;
            HeapInsert(variable);
        }

        trail.RemoveRange(keep, trail.Count - keep);
        trailLimits.RemoveRange(level, trailLimits.Count - level);
        propagated = Math.Min(propagated, keep);
    }

    private int PickVariable()
    {
        while (heap.Count > 0)
        {
            int variable = HeapPop();
            if (values[variable] == 0)
            {
                return variable;
            }
        }

        return -1;
    }

    private void Bump(int variable)
    {
        activity[variable] += bump;
        if (activity[variable] > 1e100)
        {
            for (int i = 0; i < activity.Count; i++)
            {
                activity[i] *= 1e-100;
            }

            bump *= 1e-100;
        }

        if (heapIndex[variable] >= 0)
        {
            HeapUp(heapIndex[variable]);
        }
    }

    // Ties go to the lower variable, which makes the order, and with it every answer, the same on every machine.
    private bool Before(int a, int b) => activity[a] > activity[b] || (activity[a] == activity[b] && a < b);

    private void HeapInsert(int variable)
    {
        if (heapIndex[variable] >= 0)
        {
            return;
        }

        heap.Add(variable);
        heapIndex[variable] = heap.Count - 1;
        HeapUp(heap.Count - 1);
    }

    private int HeapPop()
    {
        int top = heap[0];
        int last = heap[heap.Count - 1];
        heap.RemoveAt(heap.Count - 1);
        heapIndex[top] = -1;
        if (heap.Count > 0)
        {
            heap[0] = last;
            heapIndex[last] = 0;
            HeapDown(0);
        }

        return top;
    }

    private void HeapUp(int at)
    {
        int variable = heap[at];
        while (at > 0 && Before(variable, heap[(at - 1) / 2]))
        {
            heap[at] = heap[(at - 1) / 2];
            heapIndex[heap[at]] = at;
            at = (at - 1) / 2;
        }

        heap[at] = variable;
        heapIndex[variable] = at;
    }

    private void HeapDown(int at)
    {
        int variable = heap[at];
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= heap.Count)
            {
                break;
            }

            if (child + 1 < heap.Count && Before(heap[child + 1], heap[child]))
            {
                child++;
            }

            if (!Before(heap[child], variable))
            {
                break;
            }

            heap[at] = heap[child];
            heapIndex[heap[at]] = at;
            at = child;
        }

        heap[at] = variable;
        heapIndex[variable] = at;
    }
}
