namespace ProvableSec.Certificates;

/// <summary>Unit propagation over a list of clauses, which tells what it used.</summary>
internal sealed class Propagation
{
    private readonly int[][] clauses;
    private readonly Dictionary<int, List<int>> occurrences = [];
    private readonly List<int> units = [];
    private readonly Dictionary<int, int> reasonOf = [];
    private readonly List<int> trail = [];

    public Propagation(int[][] clauses)
    {
        this.clauses = clauses;
        for (int i = 0; i < clauses.Length; i++)
        {
            if (clauses[i].Length == 1)
            {
                units.Add(i);
            }

            foreach (int literal in clauses[i])
            {
                if (!occurrences.TryGetValue(literal, out List<int>? list))
                {
                    occurrences.Add(literal, list = []);
                }

                list.Add(i);
            }
        }
    }

    /// <summary>The clauses before <paramref name="end"/> by which a clause follows, in the order of their use; null when it does not.</summary>
    public int[]? Follow(int[] clause, int end)
    {
        const int Assumed = -1;
        int empty = Array.FindIndex(clauses, 0, end, c => c.Length == 0);
        if (empty >= 0)
        {
            return [empty];
        }

        reasonOf.Clear();
        trail.Clear();
        int conflict = -1;
        foreach (int literal in clause)
        {
            Assign(-literal, Assumed);
        }

        foreach (int unit in units)
        {
            if (unit < end && !reasonOf.ContainsKey(clauses[unit][0]))
            {
                if (reasonOf.ContainsKey(-clauses[unit][0]))
                {
                    return Used(unit);
                }

                Assign(clauses[unit][0], unit);
            }
        }

        for (int at = 0; at < trail.Count && conflict < 0; at++)
        {
            conflict = occurrences.TryGetValue(-trail[at], out List<int>? list) ? Propagate(list, end) : -1;
        }

        return conflict < 0 ? null : Used(conflict);
    }

    private int Propagate(List<int> list, int end)
    {
        foreach (int i in list)
        {
            if (i >= end)
            {
                break;
            }

            int open = 0, left = 0;
            foreach (int literal in clauses[i])
            {
                if (reasonOf.ContainsKey(literal))
                {
                    open = 2;
                    break;
                }

                if (!reasonOf.ContainsKey(-literal))
                {
                    left = literal;
                    open++;
                }
            }

            if (open == 0)
            {
                return i;
            }

            if (open == 1)
            {
                Assign(left, i);
            }
        }

        return -1;
    }

    private void Assign(int literal, int reason)
    {
        reasonOf.Add(literal, reason);
        trail.Add(literal);
    }

    /// <summary>The reasons behind a conflict, and last the clause that has no literal left.</summary>
    private int[] Used(int conflict)
    {
        var needed = new HashSet<int>(clauses[conflict].Select(l => -l));
        var used = new List<int> { conflict };
        for (int at = trail.Count - 1; at >= 0; at--)
        {
            int reason = reasonOf[trail[at]];
            if (reason >= 0 && needed.Contains(trail[at]))
            {
                used.Add(reason);
                needed.UnionWith(clauses[reason].Where(l => l != trail[at]).Select(l => -l));
            }
        }

        used.Reverse();
        return [.. used];
    }
}
