using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// The strings that two patterns have in common, as one pattern where that is easy to say: most sets that meet are ARNs and actions, which are compared
/// field by field. A search through both at once then has one pattern less to go through.
/// </summary>
internal static class PatternMeet
{
    /// <summary>What two patterns have in common, exactly.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="both">What they have in common; null for nothing.</param>
    /// <param name="budget">Pays for the work, where somebody counts it.</param>
    /// <returns>False when it is not easy to say.</returns>
    public static bool TryMeet(CharPattern a, CharPattern b, out CharPattern? both, Budget? budget = null)
    {
        budget?.SpendWork(a.Length + b.Length);
        var met = new CharPattern.Builder();
        int i = 0, j = 0;
        both = null;
        while (EndOfField(a, i) is var end and >= 0 && EndOfField(b, j) is var other and >= 0)
        {
            // Neither takes a colon here but the one that ends the field, so the fields are the same in every string.
            switch (Add(met, a, i, end, b, j, other, budget))
            {
                case null:
                    return false;
                case false:
                    return true;
            }

            met.Add(PlaceKind.Exact, ':');
            i = end + 1;
            j = other + 1;
        }

        switch (Add(met, a, i, a.Length, b, j, b.Length, budget))
        {
            case null:
                return false;
            case false:
                return true;
            default:
                both = met.Build();
                return true;
        }
    }

    /// <summary>Where the field that begins at a place ends in a colon, if it certainly does there; else -1.</summary>
    private static int EndOfField(CharPattern pattern, int from)
    {
        for (int p = from; p < pattern.Length; p++)
        {
            switch (pattern.KindAt(p))
            {
                case PlaceKind.Exact when pattern.CharAt(p) == ':':
                    return p;
                case PlaceKind.Star or PlaceKind.One:
                    return -1;
            }
        }

        return -1;
    }

    /// <summary>Adds what two parts have in common.</summary>
    /// <returns>False when that is nothing, null when it is not easy to say.</returns>
    private static bool? Add(CharPattern.Builder met, CharPattern a, int i, int endA, CharPattern b, int j, int endB, Budget? budget) =>
        AreEqual(a, i, endA, b, j, endB) ? Append(met, a, i, endA, inField: false)
            : AddOpen(met, a, i, endA, b, j, endB) ?? AddOpen(met, b, j, endB, a, i, endA) ?? AddLiteral(met, a, i, endA, b, j, endB, budget)
            ?? AddLiteral(met, b, j, endB, a, i, endA, budget);

    /// <summary>Of a part that takes everything, or everything but nothing, and another one.</summary>
    private static bool? AddOpen(CharPattern.Builder met, CharPattern open, int i, int endOpen, CharPattern other, int j, int endOther)
    {
        bool needsOne = endOpen - i == 2;
        if (endOpen == i || endOpen - i > 2 || !open.IsStar(endOpen - 1) || (needsOne && open.KindAt(i) is not (PlaceKind.One or PlaceKind.OneInField)))
        {
            return null;
        }

        bool inField = open.KindAt(endOpen - 1) == PlaceKind.StarInField;
        if (needsOne && (inField != (open.KindAt(i) == PlaceKind.OneInField) || !HasOne(other, j, endOther)))
        {
            return null;
        }

        for (int p = j; inField && p < endOther; p++)
        {
            if (other.KindAt(p) == PlaceKind.Exact && other.CharAt(p) == ':')
            {
                return false;
            }
        }

        return Append(met, other, j, endOther, inField);
    }

    /// <summary>Of a part that is one string, and another one.</summary>
    private static bool? AddLiteral(CharPattern.Builder met, CharPattern literal, int i, int endLiteral, CharPattern other, int j, int endOther, Budget? budget)
    {
        for (int p = i; p < endLiteral; p++)
        {
            if (literal.KindAt(p) != PlaceKind.Exact)
            {
                return null;
            }
        }

        var text = new System.Text.StringBuilder(endLiteral - i);
        for (int p = i; p < endLiteral; p++)
        {
            text.Append(literal.CharAt(p));
        }

        var part = new CharPattern.Builder();
        Append(part, other, j, endOther, inField: false);
        return part.Build().Matches(text.ToString(), budget) && Append(met, literal, i, endLiteral, inField: false);
    }

    private static bool HasOne(CharPattern pattern, int from, int to)
    {
        for (int p = from; p < to; p++)
        {
            if (!pattern.IsStar(p))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreEqual(CharPattern a, int i, int endA, CharPattern b, int j, int endB)
    {
        if (endA - i != endB - j)
        {
            return false;
        }

        for (; i < endA; i++, j++)
        {
            if (a.KindAt(i) != b.KindAt(j) || a.CharAt(i) != b.CharAt(j))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Append(CharPattern.Builder met, CharPattern pattern, int from, int to, bool inField)
    {
        for (int p = from; p < to; p++)
        {
            PlaceKind kind = pattern.KindAt(p);
            met.Add(kind switch { PlaceKind.Star when inField => PlaceKind.StarInField, PlaceKind.One when inField => PlaceKind.OneInField, _ => kind },
                pattern.CharAt(p));
        }

        return true;
    }
}
