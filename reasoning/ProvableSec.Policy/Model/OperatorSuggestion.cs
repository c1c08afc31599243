namespace ProvableSec.Policy.Model;

/// <summary>Finds the condition operator that was probably meant. Set operator, comparison and <c>IfExists</c> are guessed one by one.</summary>
internal static class OperatorSuggestion
{
    /// <summary>More slips than this, and it was probably not meant.</summary>
    private const int MaxDistance = 2;

    private static readonly string[] SetOperators = [nameof(SetOperator.ForAllValues), nameof(SetOperator.ForAnyValue)];

    /// <summary>The suggestion as the end of a message, or nothing.</summary>
    public static string For(string name)
    {
        int colon = name.IndexOf(':');
        string? set = "";
        if (colon >= 0)
        {
            set = Nearest(name.Substring(0, colon), SetOperators);
        }

        string rest = name.Substring(colon + 1);
        // No operator has IfExists on Null, so it is not among the candidates.
        string? comparison = rest.Equals("NullIfExists", StringComparison.OrdinalIgnoreCase)
            ? nameof(ConditionComparison.Null)
            : Nearest(rest, ConditionOperator.ComparisonNames.Concat(
                ConditionOperator.ComparisonNames.Where(c => c != nameof(ConditionComparison.Null)).Select(c => c + "IfExists")));
        return set is null || comparison is null ? "" : $"; did you mean \"{set}{(colon >= 0 ? ":" : "")}{comparison}\"?";
    }

    private static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = MaxDistance + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein distance without regard to case; anything above <see cref="MaxDistance"/> when the lengths alone exclude less.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxDistance)
        {
            return MaxDistance + 1;
        }

        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
