using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>How two patterns stand to each other: whether one takes all that the other does, and whether they may have a string in common.</summary>
internal static class PatternPairs
{
    /// <summary>Whether <paramref name="outer"/> takes every string that <paramref name="inner"/> takes. Exact.</summary>
    public static bool Includes(CharPattern outer, CharPattern inner, Budget budget)
    {
        budget.Spend(1);
        budget.SpendWork(outer.Length + inner.Length);
        if (outer.IsEverything || outer.Equals(inner))
        {
            return true;
        }

        if (!MayMeet(outer, inner, budget))
        {
            return false;
        }

        char fresh = PatternInstance.Fresh(outer, inner);
        if (!outer.Matches(PatternInstance.Of(inner, fresh.ToString(), fresh), budget))
        {
            return false;
        }

        if (outer.OnlyPlainStars && inner.IsOpenOrExact)
        {
            // Every place of the instance that inner leaves open is taken by a star of outer, since nothing else in outer takes the
            // fresh character; a star takes whatever inner may put there instead, nothing included.
            return true;
        }

        if (PatternMeet.TryMeet(outer, inner, out CharPattern? both, budget) && (both is null || both.Equals(inner)))
        {
            return both is not null;
        }

        return ProductSearch.Find([inner], [outer], new HashSet<int>(), budget) is null;
    }

    /// <summary>False only when the two have no string in common, told by their fixed beginnings and ends.</summary>
    public static bool MayMeet(CharPattern a, CharPattern b, Budget budget)
    {
        for (int i = 0; i < a.Length && i < b.Length && !a.IsStar(i) && !b.IsStar(i); i++)
        {
            if (!PlacesMeet(a, i, b, i))
            {
                budget.SpendWork(i);
                return false;
            }
        }

        // Nearly all that do not meet show it in their first places: only what is alike so far costs.
        budget.SpendWork(a.Length + b.Length);

        for (int i = a.Length - 1, j = b.Length - 1; i >= 0 && j >= 0 && !a.IsStar(i) && !b.IsStar(j); i--, j--)
        {
            if (!PlacesMeet(a, i, b, j))
            {
                return false;
            }
        }

        return true;
    }

    private static bool PlacesMeet(CharPattern a, int i, CharPattern b, int j)
    {
        PlaceKind kind = a.KindAt(i);
        if (kind is PlaceKind.Exact)
        {
            return b.Takes(j, a.CharAt(i));
        }

        if (kind is PlaceKind.Folded)
        {
            return FoldedCharacters.Of(a.CharAt(i)).Any(c => b.Takes(j, c));
        }

        return b.KindAt(j) switch
        {
            PlaceKind.Exact => a.Takes(i, b.CharAt(j)),
            PlaceKind.Folded => FoldedCharacters.Of(b.CharAt(j)).Any(c => a.Takes(i, c)),
            _ => true,
        };
    }
}
