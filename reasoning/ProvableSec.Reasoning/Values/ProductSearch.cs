using ProvableSec.Reasoning.Search;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// Looks for a string that all positive patterns take and no negative one does: a best-first walk over the product of their automata,
/// built as it goes. Exhausting it proves there is none.
/// </summary>
internal sealed class ProductSearch
{
    private readonly CharPattern[] patterns;
    private readonly int positives;
    private readonly int[] offsets;
    private readonly int words;
    private readonly Budget budget;
    private readonly char[] always;
    private readonly bool needsDigit;
    private readonly List<ulong[]> states = [];
    private readonly List<(int Parent, char Via)> cameFrom = [];
    private readonly HashSet<ulong[]> seen = new(StateComparer.Instance);
    private readonly List<(int Cost, int State)> heap = [];

    private ProductSearch(IReadOnlyList<CharPattern> positive, IReadOnlyList<CharPattern> negative, Budget budget)
    {
        patterns = [.. positive, .. negative];
        positives = positive.Count;
        this.budget = budget;
        offsets = new int[patterns.Length + 1];
        var used = new HashSet<char>();
        bool fields = false;
        for (int i = 0; i < patterns.Length; i++)
        {
            CharPattern pattern = patterns[i];
            offsets[i + 1] = offsets[i] + (pattern.Length / 64) + 1;
            for (int p = 0; p < pattern.Length; p++)
            {
                switch (pattern.KindAt(p))
                {
                    case PlaceKind.Exact:
                        used.Add(pattern.CharAt(p));
                        break;
                    case PlaceKind.Folded:
                        used.UnionWith(FoldedCharacters.Of(pattern.CharAt(p)));
                        break;
                    case PlaceKind.OneInField or PlaceKind.StarInField:
                        fields = true;
                        break;
                    case PlaceKind.OneDigit:
                        needsDigit = true;
                        fields = true;
                        break;
                }
            }
        }

        words = offsets[patterns.Length];

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
        new ProductSearch(positive, negative, budget).Run(blamed);

    private string? Run(ISet<int> blamed)
    {
        ulong[] start = new ulong[words];
        for (int i = 0; i < patterns.Length; i++)
        {
            start[offsets[i]] = 1;
            Close(start, i);
        }

        Push(start, -1, '\0');
        var letters = new List<char>();
        while (heap.Count > 0)
        {
            int index = Pop();
            ulong[] state = states[index];
            budget.Spend(words);
            if (Accepts(state, blamed))
            {
                return Trace(index);
            }

            letters.Clear();
            letters.AddRange(always);
            for (int i = 0; i < positives; i++)
            {
                for (int p = 0; p < patterns[i].Length; p++)
                {
                    if (!Has(state, i, p))
                    {
                        continue;
                    }

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

            foreach (char letter in letters)
            {
                if (Step(state, letter) is { } next)
                {
                    Push(next, index, letter);
                }
            }
        }

        return null;
    }

    private static void AddLetter(List<char> letters, char letter)
    {
        if (!letters.Contains(letter))
        {
            letters.Add(letter);
        }
    }

    private bool Has(ulong[] state, int pattern, int place) => (state[offsets[pattern] + (place >> 6)] >> (place & 63) & 1) != 0;

    private bool Accepts(ulong[] state, ISet<int> blamed)
    {
        for (int i = 0; i < positives; i++)
        {
            if (!Has(state, i, patterns[i].Length))
            {
                return false;
            }
        }

        int culprit = -1;
        for (int i = positives; i < patterns.Length; i++)
        {
            if (Has(state, i, patterns[i].Length))
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

    private ulong[]? Step(ulong[] state, char letter)
    {
        ulong[] next = new ulong[words];
        for (int i = 0; i < patterns.Length; i++)
        {
            CharPattern pattern = patterns[i];
            bool alive = false;
            for (int p = 0; p < pattern.Length; p++)
            {
                if (Has(state, i, p) && pattern.Takes(p, letter))
                {
                    int to = pattern.IsStar(p) ? p : p + 1;
                    next[offsets[i] + (to >> 6)] |= 1UL << (to & 63);
                    alive = true;
                }
            }

            if (!alive && i < positives)
            {
                return null;
            }

            if (alive)
            {
                Close(next, i);
            }
        }

        return next;
    }

    private void Close(ulong[] state, int i)
    {
        CharPattern pattern = patterns[i];
        int topStar = -1;
        for (int p = 0; p < pattern.Length; p++)
        {
            if (Has(state, i, p) && pattern.IsStar(p))
            {
                state[offsets[i] + ((p + 1) >> 6)] |= 1UL << ((p + 1) & 63);
                if (pattern.KindAt(p) == PlaceKind.Star)
                {
                    topStar = p;
                }
            }
        }

        // Whatever is taken from before an unrestricted star is taken from the star as well: forgetting the places before it merges states.
        for (int p = 0; p < topStar; p++)
        {
            state[offsets[i] + (p >> 6)] &= ~(1UL << (p & 63));
        }
    }

    private void Push(ulong[] state, int parent, char via)
    {
        if (!seen.Add(state))
        {
            return;
        }

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
                for (int w = offsets[i]; w < offsets[i + 1]; w++)
                {
                    if (state[w] != 0)
                    {
                        cost++;
                        break;
                    }
                }

                continue;
            }

            int furthest = patterns[i].Length;
            while (furthest > 0 && !Has(state, i, furthest))
            {
                furthest--;
            }

            cost += 4 * (patterns[i].Length - furthest);
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
