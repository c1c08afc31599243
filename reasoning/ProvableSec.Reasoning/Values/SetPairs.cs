using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// How two sets of patterns stand to each other, as far as it is seen from pairs of their members: what is said is proved, and much that is true is not said.
/// </summary>
internal static class SetPairs
{
    /// <summary>So many pairs are looked at; of longer lists only what a table finds.</summary>
    private const int MostPairs = 1 << 15;

    // Most pairs are told apart by their beginnings; a literal is looked up.
    private const int WorkOfPair = 4;

    /// <summary>Whether every string of one set is seen to be in another.</summary>
    public static bool IsIn(PatternSet narrow, PatternSet wide, Budget budget)
    {
        budget.SpendWork(WorkOfPair * (long)narrow.Literals.Length);
        if (wide.IsEverything)
        {
            return true;
        }

        foreach (string literal in narrow.Literals)
        {
            if (!wide.Contains(literal, budget))
            {
                return false;
            }
        }

        foreach (CharPattern pattern in narrow.Wild)
        {
            if (!IsIn(pattern, wide, narrow.Wild.Length, budget))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every string of a pattern is seen to be in a set.</summary>
    public static bool IsIn(CharPattern pattern, PatternSet wide, Budget budget) =>
        pattern.Literal is { } literal ? wide.Contains(literal, budget) : wide.IsEverything || IsIn(pattern, wide, 1, budget);

    /// <summary>Whether two sets are seen to have no string in common.</summary>
    public static bool AreApart(PatternSet one, PatternSet other, Budget budget)
    {
        if (one.IsEverything || other.IsEverything || (long)one.Wild.Length * other.Wild.Length > MostPairs)
        {
            return one.Count == 0 || other.Count == 0;
        }

        budget.SpendWork(WorkOfPair * (((long)one.Wild.Length * other.Wild.Length) + one.Literals.Length + other.Literals.Length));
        return !HasOneOf(other, one, budget) && !HasOneOf(one, other, budget) && !MayMeet(one, other, budget);
    }

    /// <summary>Whether a set has a string that another names.</summary>
    private static bool HasOneOf(PatternSet set, PatternSet other, Budget budget)
    {
        foreach (string literal in other.Literals)
        {
            if (set.Contains(literal, budget))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayMeet(PatternSet one, PatternSet other, Budget budget)
    {
        foreach (CharPattern pattern in one.Wild)
        {
            foreach (CharPattern candidate in other.Wild)
            {
                if (PatternPairs.MayMeet(pattern, candidate, budget))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsIn(CharPattern pattern, PatternSet wide, int among, Budget budget)
    {
        if (wide.HasWild(pattern))
        {
            return true;
        }

        if ((long)among * wide.Wild.Length > MostPairs)
        {
            return false;
        }

        foreach (CharPattern candidate in wide.Wild)
        {
            if (PatternPairs.Includes(candidate, pattern, budget))
            {
                return true;
            }
        }

        return false;
    }
}
