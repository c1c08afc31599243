using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>One thing asked of a value: to be in a set, or outside it.</summary>
internal readonly record struct Demand(ValueSet Set, bool Inside);

/// <summary>What is known of the values that meet some demands.</summary>
internal enum Emptiness
{
    /// <summary>There is none; proved.</summary>
    Empty,

    /// <summary>There may be one.</summary>
    Inhabited,

    /// <summary>Nothing is known: kinds of comparison are mixed, or there are too many states.</summary>
    Unknown,
}

/// <summary>Whether any value meets some demands. "Empty" is what a certificate rests on; anything else refuses it.</summary>
internal static class EmptinessCheck
{
    /// <summary>At most this many states of one search; more than any lemma about real policies has needed.</summary>
    private const int MostStates = 200_000;

    /// <summary>At most this many moves of one automaton in one search.</summary>
    private const long MostMoves = 100_000_000;

    /// <summary>Runs the check.</summary>
    /// <param name="demands">What is asked of the value.</param>
    /// <param name="readings">The reading of each disputed point.</param>
    /// <param name="blamed">When there is none: indices of demands that no value meets together.</param>
    /// <param name="effort">What the lemmas before have cost.</param>
    public static Emptiness Run(IReadOnlyList<Demand> demands, Reading readings, ISet<int> blamed, LemmaEffort effort)
    {
        int[] texts = [.. Indices(demands, d => d.Set is TextSet)];
        ParsedKind[] kinds = [.. demands.Select(d => d.Set).OfType<ParsedSet>().Select(s => s.Kind).Distinct()];
        if (kinds.Length == 0)
        {
            return Texts(demands, texts, readings, blamed, effort);
        }

        // A few texts named one by one are tried one by one, whatever they are compared with.
        foreach (int i in texts)
        {
            if (demands[i].Inside && ((TextSet)demands[i].Set).Members(readings) is { } members)
            {
                blamed.Add(i);
                return members.All(m => Refused(demands, Enumerable.Range(0, demands.Count), d => d.Set.Contains(m, readings), blamed)) ? Emptiness.Empty
                    : Emptiness.Inhabited;
            }
        }

        // Demands of one kind that exclude each other need no others.
        foreach (ParsedKind kind in kinds)
        {
            int[] of = [.. Indices(demands, d => d.Set is ParsedSet set && set.Kind == kind)];
            object[] bounds = [.. of.SelectMany(i => ((ParsedSet)demands[i].Set).Bounds)];
            var found = new HashSet<int>();
            if (ParsedValues.Classes(kind, bounds).All(value => Refused(demands, of, d => ((ParsedSet)d.Set).Has(value, readings), found)))
            {
                blamed.UnionWith(found);
                return Emptiness.Empty;
            }
        }

        if (kinds.Length == 1 && texts.Length == 0)
        {
            return Emptiness.Inhabited;
        }

        var among = new HashSet<int>();
        if (texts.Length == 0 || Texts(demands, texts, readings, among, effort) != Emptiness.Empty)
        {
            return Emptiness.Unknown;
        }

        blamed.UnionWith(among);
        return Emptiness.Empty;
    }

    private static IEnumerable<int> Indices(IReadOnlyList<Demand> demands, Func<Demand, bool> which) =>
        Enumerable.Range(0, demands.Count).Where(i => which(demands[i]));

    /// <summary>Whether some demand refuses a value; one that is blamed already, if possible.</summary>
    private static bool Refused(IReadOnlyList<Demand> demands, IEnumerable<int> among, Func<Demand, bool> contains, ISet<int> blamed)
    {
        int first = -1;
        foreach (int i in among)
        {
            if (contains(demands[i]) != demands[i].Inside)
            {
                if (blamed.Contains(i))
                {
                    return true;
                }

                first = first < 0 ? i : first;
            }
        }

        if (first >= 0)
        {
            blamed.Add(first);
        }

        return first >= 0;
    }

    /// <summary>Follows all texts through all automata at once, until one is accepted by all or every combination of states has been seen.</summary>
    private static Emptiness Texts(IReadOnlyList<Demand> demands, int[] among, Reading readings, ISet<int> blamed, LemmaEffort effort)
    {
        var named = new HashSet<char>();
        PatternStates[] automata = Array.ConvertAll(among, i => ((TextSet)demands[i].Set).States(readings));
        foreach (int i in among)
        {
            Alphabet.AddNamed(((TextSet)demands[i].Set).Patterns(readings), named);
        }

        char[] alphabet = [Alphabet.Other(named), .. named.OrderBy(c => c)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<int[]>();
        int[] start = new int[among.Length];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = PatternStates.Start;
        }

        long moves = 0, places = automata.Sum(a => a.Places);
        open.Push(start);
        seen.Add(Key(start));
        while (open.Count > 0)
        {
            long made = automata.Sum(a => a.Places);
            moves += (long)alphabet.Length * start.Length;
            if (moves > MostMoves || !effort.Count((long)alphabet.Length * start.Length, made - places))
            {
                return Emptiness.Unknown;
            }

            places = made;
            int[] at = open.Pop();
            if (!Refused(at, (state, i) => automata[i].Accepts(state)))
            {
                return Emptiness.Inhabited;
            }

            foreach (char c in alphabet)
            {
                int[] next = new int[at.Length];
                for (int i = 0; i < at.Length; i++)
                {
                    next[i] = automata[i].Next(at[i], c);
                }

                // From a state that takes nothing, or everything, no text leads to another answer of that automaton.
                if (IsHopeless(next) || !seen.Add(Key(next)))
                {
                    continue;
                }

                if (seen.Count > MostStates)
                {
                    return Emptiness.Unknown;
                }

                open.Push(next);
            }
        }

        return Emptiness.Empty;

        bool IsHopeless(int[] states)
        {
            int first = -1;
            for (int i = 0; i < states.Length; i++)
            {
                if (states[i] == (demands[among[i]].Inside ? PatternStates.Dead : PatternStates.Everything))
                {
                    if (blamed.Contains(among[i]))
                    {
                        return true;
                    }

                    first = first < 0 ? i : first;
                }
            }

            if (first >= 0)
            {
                blamed.Add(among[first]);
            }

            return first >= 0;
        }

        bool Refused(int[] states, Func<int, int, bool> accepts)
        {
            int first = -1;
            for (int i = 0; i < states.Length; i++)
            {
                if (accepts(states[i], i) != demands[among[i]].Inside)
                {
                    if (blamed.Contains(among[i]))
                    {
                        return true;
                    }

                    first = first < 0 ? i : first;
                }
            }

            if (first >= 0)
            {
                blamed.Add(among[first]);
            }

            return first >= 0;
        }
    }

    private static string Key(int[] states)
    {
        char[] key = new char[states.Length * 2];
        for (int i = 0; i < states.Length; i++)
        {
            key[2 * i] = (char)(states[i] >> 16);
            key[(2 * i) + 1] = (char)states[i];
        }

        return new string(key);
    }
}
