using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// Looks for a string that all positive patterns take and no negative one does: a best-first walk over the product of their automata,
/// built as it goes. Exhausting it proves there is none.
/// </summary>
internal sealed class ProductSearch
{
    // What a state takes beside its words, in the lists and the set; what a step of one word costs.
    private const int BytesOfState = 120, WorkOfWord = 4;

    private readonly CharPattern[] patterns;
    private readonly int positives;
    private readonly PatternStates automata;
    private readonly Budget budget;
    private readonly char[] always;
    private readonly bool needsDigit;
    private readonly List<ulong[]> states = [];
    private readonly List<(int Parent, char Via)> cameFrom = [];
    private readonly HashSet<ulong[]> seen = new(StateComparer.Instance);
    private readonly List<(int Cost, int State)> heap = [];
    private readonly HashSet<char> isLetter = [];
    private long held;

    private ProductSearch(IReadOnlyList<CharPattern> positive, IReadOnlyList<CharPattern> negative, Budget budget)
    {
        patterns = [.. positive, .. negative];
        positives = positive.Count;
        this.budget = budget;
        var used = new CharacterSet();
        bool fields = false;
        foreach (CharPattern pattern in patterns)
        {
            used.Add(pattern);
            for (int p = 0; p < pattern.Length; p++)
            {
                PlaceKind kind = pattern.KindAt(p);
                needsDigit |= kind == PlaceKind.OneDigit;
                fields |= kind is PlaceKind.OneInField or PlaceKind.StarInField or PlaceKind.OneDigit;
            }
        }

        automata = new PatternStates(patterns, budget);

        // A character that no place names is taken by wildcards only. One such character stands for all of its kind, and no
        // other unnamed character can escape a negative pattern that it does not.
        var letters = new List<char> { FreshCharacter.Unlike(used) };
        if (fields)
        {
            letters.Add(':');
        }

        if (needsDigit)
        {
            char digit = FreshCharacter.DigitUnlike(used);
            if (digit != '\0')
            {
                letters.Add(digit);
            }
            else
            {
                letters.AddRange("0123456789");
            }
        }

        always = [.. letters];
    }

    /// <summary>Runs the search.</summary>
    /// <param name="positive">Patterns that must take the string; at least one.</param>
    /// <param name="negative">Patterns that must not.</param>
    /// <param name="blamed">
    /// Indices of negative patterns that together take everything the positive ones do; filled when there is no such string.
    /// Indices in it at the call are preferred.
    /// </param>
    /// <param name="budget">Pays one step a state word.</param>
    public static string? Find(IReadOnlyList<CharPattern> positive, IReadOnlyList<CharPattern> negative, ISet<int> blamed, Budget budget) =>
        new ProductSearch(positive, negative, budget).RunAndRelease(blamed);

    private string? RunAndRelease(ISet<int> blamed)
    {
        try
        {
            return Run(blamed);
        }
        finally
        {
            budget.Release(held + automata.Held);
        }
    }

    private string? Run(ISet<int> blamed)
    {
        Push(-1, '\0');
        var letters = new List<char>();
        while (heap.Count > 0)
        {
            int index = Pop();
            ulong[] state = states[index];
            budget.Spend(automata.Words);
            if (Accepts(state, blamed))
            {
                return Trace(index);
            }

            letters.Clear();
            isLetter.Clear();
            foreach (char letter in always)
            {
                AddLetter(letters, letter);
            }

            for (int i = 0; i < positives; i++)
            {
                for (int p = automata.NextPlace(state, i, 0); p >= 0 && p < patterns[i].Length; p = automata.NextPlace(state, i, p + 1))
                {
                    switch (patterns[i].KindAt(p))
                    {
                        case PlaceKind.Exact:
                            AddLetter(letters, patterns[i].CharAt(p));
                            break;
                        case PlaceKind.Folded:
                            foreach (char c in FoldedCharacters.Of(patterns[i].CharAt(p)))
                            {
                                AddLetter(letters, c);
                            }

                            break;
                    }
                }
            }

            budget.SpendWork(WorkOfWord * automata.Words * (long)letters.Count);
            foreach (char letter in letters)
            {
                if (automata.Step(state, letter, positives))
                {
                    Push(index, letter);
                }
            }
        }

        return null;
    }

    private void AddLetter(List<char> letters, char letter)
    {
        if (isLetter.Add(letter))
        {
            letters.Add(letter);
        }
    }

    private bool Accepts(ulong[] state, ISet<int> blamed)
    {
        for (int i = 0; i < positives; i++)
        {
            if (!automata.Has(state, i, patterns[i].Length))
            {
                return false;
            }
        }

        int culprit = -1;
        for (int i = positives; i < patterns.Length; i++)
        {
            if (automata.Has(state, i, patterns[i].Length))
            {
                if (blamed.Contains(i - positives))
                {
                    return false;
                }

                if (culprit < 0)
                {
                    culprit = i - positives;
                }
            }
        }

        if (culprit < 0)
        {
            return true;
        }

        blamed.Add(culprit);
        return false;
    }

    /// <summary>Takes note of the state that was reached, if it is new.</summary>
    private void Push(int parent, char via)
    {
        if (seen.Contains(automata.Reached))
        {
            return;
        }

        budget.Hold(BytesOfState + (8L * automata.Words));
        held += BytesOfState + (8L * automata.Words);
        ulong[] state = (ulong[])automata.Reached.Clone();
        seen.Add(state);
        states.Add(state);
        cameFrom.Add((parent, via));
        heap.Add((Cost(state), states.Count - 1));
        int child = heap.Count - 1;
        while (child > 0 && heap[child].CompareTo(heap[(child - 1) / 2]) < 0)
        {
            (heap[child], heap[(child - 1) / 2]) = (heap[(child - 1) / 2], heap[child]);
            child = (child - 1) / 2;
        }
    }

    private int Pop()
    {
        int top = heap[0].State;
        heap[0] = heap[heap.Count - 1];
        heap.RemoveAt(heap.Count - 1);
        int parent = 0;
        while (true)
        {
            int child = (2 * parent) + 1;
            if (child >= heap.Count)
            {
                return top;
            }

            if (child + 1 < heap.Count && heap[child + 1].CompareTo(heap[child]) < 0)
            {
                child++;
            }

            if (heap[parent].CompareTo(heap[child]) <= 0)
            {
                return top;
            }

            (heap[parent], heap[child]) = (heap[child], heap[parent]);
            parent = child;
        }
    }

    /// <summary>What is still to come of the positive patterns, and how many negative ones could still take the string.</summary>
    private int Cost(ulong[] state)
    {
        int cost = 0;
        for (int i = 0; i < patterns.Length; i++)
        {
            if (i >= positives)
            {
                cost += automata.IsAlive(state, i) ? 1 : 0;
                continue;
            }

            cost += 4 * (patterns[i].Length - automata.Furthest(state, i));
        }

        return cost;
    }

    private string Trace(int index)
    {
        var letters = new List<char>();
        for (int at = index; cameFrom[at].Parent >= 0; at = cameFrom[at].Parent)
        {
            letters.Add(cameFrom[at].Via);
        }

        letters.Reverse();
        return new string([.. letters]);
    }

    private sealed class StateComparer : IEqualityComparer<ulong[]>
    {
        public static readonly StateComparer Instance = new();

        public bool Equals(ulong[]? a, ulong[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(ulong[] state)
        {
            ulong hash = 14695981039346656037;
            foreach (ulong word in state)
            {
                hash = (hash ^ word) * 1099511628211;
                hash ^= hash >> 29;
            }

            return (int)(hash ^ (hash >> 32));
        }
    }
}
