namespace ProvableSec.Rules.Pairing;

/// <summary>Pairs the policies of two sides of a change: by where they stand, and where that changes by what they say.</summary>
public static class PolicyPairs
{
    // Of the texts of both policies, so many must be in both for one to be the other moved and changed.
    private const double LeastAlike = 0.6;

    private const long MostCompared = 1_000_000;

    /// <summary>The pairs, in the order of the new side, then what is left of the old one.</summary>
    public static IReadOnlyList<PolicyPair> Of(IReadOnlyList<PlacedPolicy> before, IReadOnlyList<PlacedPolicy> after)
    {
        var left = new List<PlacedPolicy>(before);
        var found = new Dictionary<PlacedPolicy, PlacedPolicy>(ReferenceComparer.Instance);
        // The same text in the same place first, so that of several policies with one place none is taken for another.
        Pair(policy => (policy.File, policy.Place, policy.Policy.Context.Type, policy.Policy.Text.Text));
        Pair(policy => (policy.File, policy.Place, policy.Policy.Context.Type));
        Pair(policy => (policy.File, policy.Place));
        Pair(policy => (policy.Policy.Context.Type, policy.Policy.Text.Text));
        PairAlike();
        return [.. after.Select(policy => new PolicyPair(found.TryGetValue(policy, out PlacedPolicy? was) ? was : null, policy)),
            .. left.Select(policy => new PolicyPair(policy, null))];

        void Pair<T>(Func<PlacedPolicy, T> key)
            where T : notnull
        {
            var waiting = new Dictionary<T, Queue<PlacedPolicy>>();
            foreach (PlacedPolicy policy in left)
            {
                T its = key(policy);
                if (!waiting.TryGetValue(its, out Queue<PlacedPolicy>? queue))
                {
                    waiting.Add(its, queue = new Queue<PlacedPolicy>());
                }

                queue.Enqueue(policy);
            }

            var taken = new HashSet<PlacedPolicy>(ReferenceComparer.Instance);
            foreach (PlacedPolicy policy in after)
            {
                if (!found.ContainsKey(policy) && waiting.TryGetValue(key(policy), out Queue<PlacedPolicy>? queue) && queue.Count > 0)
                {
                    found.Add(policy, queue.Peek());
                    taken.Add(queue.Dequeue());
                }
            }

            left.RemoveAll(taken.Contains);
        }

        void PairAlike()
        {
            PlacedPolicy[] open = [.. after.Where(policy => !found.ContainsKey(policy))];
            if ((long)open.Length * left.Count > MostCompared)
            {
                return;
            }

            // The most alike first; the order of the sides decides between equals.
            foreach ((PlacedPolicy was, PlacedPolicy now, _) in left.SelectMany(was => open.Select(now => (Was: was, Now: now, Alike: Alike(was, now))))
                .Where(pair => pair.Alike >= LeastAlike).OrderByDescending(pair => pair.Alike).ToList())
            {
                if (!found.ContainsKey(now) && left.Remove(was))
                {
                    found.Add(now, was);
                }
            }
        }
    }

    /// <summary>Which share of the texts of two policies is in both; nothing for policies of different types.</summary>
    private static double Alike(PlacedPolicy one, PlacedPolicy other)
    {
        if (one.Policy.Context.Type != other.Policy.Context.Type)
        {
            return 0;
        }

        int both = one.WordsIn.Count(other.WordsIn.Contains), all = one.WordsIn.Count + other.WordsIn.Count - both;
        return all == 0 ? 0 : (double)both / all;
    }

    private sealed class ReferenceComparer : IEqualityComparer<PlacedPolicy>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(PlacedPolicy? x, PlacedPolicy? y) => ReferenceEquals(x, y);

        public int GetHashCode(PlacedPolicy obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
