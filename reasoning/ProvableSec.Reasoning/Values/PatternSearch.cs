using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// Looks for a string in every one of some pattern sets and in none of some others. Literals and a generic instance of each
/// pattern decide nearly every question of real policies; the product search decides the rest.
/// </summary>
internal sealed class PatternSearch
{
    private readonly IReadOnlyList<PatternSet> positive;
    private readonly IReadOnlyList<PatternSet> negative;
    private readonly ISet<int> blamed;
    private readonly Budget budget;

    private PatternSearch(IReadOnlyList<PatternSet> positive, IReadOnlyList<PatternSet> negative, ISet<int> blamed, Budget budget)
    {
        // The smallest set first: each of its members is tried against the others.
        var sorted = new List<PatternSet>(positive);
        sorted.RemoveAll(s => s.IsEverything);
        sorted.Sort((a, b) => a.Count.CompareTo(b.Count));
        this.positive = sorted;
        this.negative = negative;
        this.blamed = blamed;
        this.budget = budget;
    }

    /// <summary>Runs the search.</summary>
    /// <param name="positive">Sets the string must be in; none means any string.</param>
    /// <param name="negative">Sets the string must not be in.</param>
    /// <param name="blamed">Receives the indices of negative sets that suffice to exclude every string, when the result is null.</param>
    /// <param name="budget">Pays for the work.</param>
    public static string? Find(IReadOnlyList<PatternSet> positive, IReadOnlyList<PatternSet> negative, ISet<int> blamed, Budget budget) =>
        new PatternSearch(positive, negative, blamed, budget).Run();

    private string? Run()
    {
        for (int i = 0; i < negative.Count; i++)
        {
            if (negative[i].IsEverything)
            {
                blamed.Add(i);
                return null;
            }
        }

        if (positive.Count == 0)
        {
            return FindIn([CharPattern.Everything]);
        }

        foreach (string literal in positive[0].Literals)
        {
            if (Try(literal))
            {
                return literal;
            }
        }

        foreach (CharPattern pattern in positive[0].Wild)
        {
            if (Extend([pattern], 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool Try(string text)
    {
        budget.Spend(positive.Count + negative.Count);
        foreach (PatternSet set in positive)
        {
            if (!set.Contains(text, budget))
            {
                return false;
            }
        }

        return !IsExcluded(text);
    }

    private bool IsExcluded(string text)
    {
        foreach (int i in blamed)
        {
            if (negative[i].Contains(text, budget))
            {
                return true;
            }
        }

        for (int i = 0; i < negative.Count; i++)
        {
            if (!blamed.Contains(i) && negative[i].Contains(text, budget))
            {
                blamed.Add(i);
                return true;
            }
        }

        return false;
    }

    /// <summary>Chooses a member of each further positive set to go with those chosen.</summary>
    private string? Extend(List<CharPattern> chosen, int set)
    {
        if (set == positive.Count)
        {
            return FindIn(chosen);
        }

        PatternSet next = positive[set];
        foreach (CharPattern have in chosen)
        {
            // A member that the chosen ones lie in adds nothing, and no other member can do better.
            if (next.HasWild(have))
            {
                return Extend(chosen, set + 1);
            }
        }

        foreach (CharPattern candidate in next.Wild)
        {
            foreach (CharPattern have in chosen)
            {
                if (PatternPairs.Includes(candidate, have, budget))
                {
                    return Extend(chosen, set + 1);
                }
            }
        }

        foreach (string literal in next.Literals)
        {
            bool fits = true;
            foreach (CharPattern have in chosen)
            {
                fits &= have.Matches(literal, budget);
            }

            if (fits && Try(literal))
            {
                return literal;
            }
        }

        foreach (CharPattern candidate in next.Wild)
        {
            budget.Spend(1);
            bool mayMeet = true;
            foreach (CharPattern have in chosen)
            {
                mayMeet &= PatternPairs.MayMeet(have, candidate, budget);
            }

            if (!mayMeet)
            {
                continue;
            }

            if (Narrowed(chosen, candidate) is { } more && Extend(more, set + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The patterns chosen so far and one more, in as few as is easy; null when they have nothing in common.</summary>
    private List<CharPattern>? Narrowed(List<CharPattern> chosen, CharPattern candidate)
    {
        var more = new List<CharPattern>(chosen.Count + 1);
        foreach (CharPattern have in chosen)
        {
            if (PatternMeet.TryMeet(have, candidate, out CharPattern? both, budget))
            {
                if (both is null)
                {
                    return null;
                }

                candidate = both;
            }
            else if (!PatternPairs.Includes(have, candidate, budget))
            {
                more.Add(have);
            }
        }

        more.Add(candidate);
        return more;
    }

    private string? FindIn(List<CharPattern> chosen)
    {
        if (chosen.Count == 1)
        {
            CharPattern pattern = chosen[0];
            foreach (int i in blamed)
            {
                if (negative[i].HasWild(pattern))
                {
                    return null;
                }
            }

            for (int i = 0; i < negative.Count; i++)
            {
                if (negative[i].HasWild(pattern))
                {
                    blamed.Add(i);
                    return null;
                }
            }

        }

        if (Generic(chosen) is { } instance)
        {
            return instance;
        }

        if (chosen.Count == 1 && SingleCover(chosen[0]))
        {
            return null;
        }

        var excluded = new List<CharPattern>();
        var owners = new List<int>();
        var preferred = new HashSet<int>();
        for (int i = 0; i < negative.Count; i++)
        {
            foreach (string literal in negative[i].Literals)
            {
                bool relevant = true;
                foreach (CharPattern have in chosen)
                {
                    relevant &= have.Matches(literal, budget);
                }

                if (relevant)
                {
                    Exclude(CharPattern.Of(literal), i);
                }
            }

            foreach (CharPattern pattern in negative[i].Wild)
            {
                bool relevant = true;
                foreach (CharPattern have in chosen)
                {
                    relevant &= PatternPairs.MayMeet(have, pattern, budget);
                }

                if (relevant)
                {
                    Exclude(pattern, i);
                }
            }
        }

        var culprits = new HashSet<int>(preferred);
        string? found = ProductSearch.Find(chosen, excluded, culprits, budget);
        if (found is null)
        {
            foreach (int culprit in culprits)
            {
                if (!preferred.Contains(culprit))
                {
                    blamed.Add(owners[culprit]);
                }
            }
        }

        return found;

        void Exclude(CharPattern pattern, int owner)
        {
            if (blamed.Contains(owner))
            {
                preferred.Add(excluded.Count);
            }

            excluded.Add(pattern);
            owners.Add(owner);
        }
    }

    /// <summary>A string that each star of one of some patterns fills in the same way, where the others take it too and nothing excludes it.</summary>
    private string? Generic(List<CharPattern> chosen)
    {
        char fresh = chosen.Count == 1 ? '\0' : PatternInstance.Fresh(chosen);
        string[][] instances = [.. chosen.Select(pattern => chosen.Count == 1 ? PatternInstance.All(pattern) : PatternInstance.All(pattern, fresh))];
        for (int filling = 0; filling < instances[0].Length; filling++)
        {
            for (int i = 0; i < chosen.Count; i++)
            {
                string instance = instances[i][filling];
                budget.SpendWork(instance.Length);
                budget.Spend(negative.Count);
                if (chosen.TrueForAll(other => other == chosen[i] || other.Matches(instance, budget)) && !InAnyNegative(instance))
                {
                    return instance;
                }
            }
        }

        return null;
    }

    private bool InAnyNegative(string text)
    {
        foreach (PatternSet set in negative)
        {
            if (set.Contains(text, budget))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one negative pattern takes all that <paramref name="pattern"/> does; such a one also takes its generic instance.</summary>
    private bool SingleCover(CharPattern pattern)
    {
        string generic = PatternInstance.All(pattern)[0];
        foreach (int i in blamed)
        {
            if (Covers(negative[i]))
            {
                return true;
            }
        }

        for (int i = 0; i < negative.Count; i++)
        {
            if (!blamed.Contains(i) && Covers(negative[i]))
            {
                blamed.Add(i);
                return true;
            }
        }

        return false;

        bool Covers(PatternSet set)
        {
            foreach (CharPattern candidate in set.Wild)
            {
                if (candidate.Matches(generic, budget) && PatternPairs.Includes(candidate, pattern, budget))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
