namespace ProvableSec.Rules.Policies;

/// <summary>
/// Comparisons of texts with wildcards: what one must cover, what two may have in common. Not the globs of the evaluator, which match one value, nor the
/// automata of the prover, which cost more than a check of every pair in a list may: texts here have parts that are unknown before deployment.
/// </summary>
internal static class GlobText
{
    private const int MostOnStack = 512;

    /// <summary>Any number of characters, and one.</summary>
    public static readonly char[] Wildcards = ['*', '?'];

    /// <summary>True for nothing but stars, which every text matches.</summary>
    public static bool IsEverything(string pattern) => pattern.Length > 0 && pattern.Trim('*').Length == 0;

    /// <summary>Whether a pattern matches a text; wildcards of the text are characters that only a wildcard matches.</summary>
    /// <param name="pattern">With <c>*</c> and <c>?</c>.</param>
    /// <param name="text">A text or another pattern; true then means that the first covers the second.</param>
    /// <param name="foldCase">Whether case does not matter.</param>
    /// <param name="budget">What the comparison is charged to, where both texts are the policy's; the time may grow with the product of their lengths.</param>
    public static bool Covers(string pattern, string text, bool foldCase, CheckBudget? budget = null)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        budget?.Spend(1);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && ((pattern[p] == '?' && text[t] != '*' && !UnknownText.IsMark(text[t])) || Same(pattern[p], text[t], foldCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The characters that matched behind the star were for nothing.
                budget?.Spend(p - star);
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>Whether some text matches both; <c>${…}</c> and unknown text count as any text.</summary>
    public static bool Overlap(string a, string b, bool foldCase = false)
    {
        // Most pairs differ in a letter before the first wildcard or after the last.
        int ahead = 0, behind = 1;
        while (ahead < a.Length && ahead < b.Length && !IsOpen(a[ahead]) && !IsOpen(b[ahead]))
        {
            if (!Same(a[ahead], b[ahead], foldCase))
            {
                return false;
            }

            ahead++;
        }

        a = WithoutRepeatedStars(Filled(a, "*"));
        b = WithoutRepeatedStars(Filled(b, "*"));
        while (behind <= a.Length && behind <= b.Length && !IsWildcard(a[a.Length - behind]) && !IsWildcard(b[b.Length - behind]))
        {
            if (!Same(a[a.Length - behind], b[b.Length - behind], foldCase))
            {
                return false;
            }

            behind++;
        }

        if (a.IndexOfAny(Wildcards) < 0)
        {
            return b.IndexOfAny(Wildcards) < 0 ? string.Equals(a, b, foldCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                : Covers(b, a, foldCase);
        }

        if (b.IndexOfAny(Wildcards) < 0)
        {
            return Covers(a, b, foldCase);
        }

        // What is the same in both before their wildcards and behind them is compared.
        return Meet(a.AsSpan(ahead, a.Length - ahead - behind + 1), b.AsSpan(ahead, b.Length - ahead - behind + 1), foldCase);
    }

    /// <summary>Whether some text matches both, by the pairs of places that can be reached, a row at a time.</summary>
    private static bool Meet(ReadOnlySpan<char> a, ReadOnlySpan<char> b, bool foldCase)
    {
        Span<bool> row = b.Length < MostOnStack ? stackalloc bool[b.Length + 1] : new bool[b.Length + 1];
        Span<bool> next = b.Length < MostOnStack ? stackalloc bool[b.Length + 1] : new bool[b.Length + 1];
        row.Clear();
        row[0] = true;
        Spread(row, b);
        for (int i = 0; i < a.Length; i++)
        {
            next.Clear();
            for (int j = 0; j <= b.Length; j++)
            {
                if (!row[j])
                {
                    continue;
                }

                if (a[i] == '*')
                {
                    // Nothing, or any number of characters of the other: those behind the first place are those behind all.
                    next.Slice(j, b.Length + 1 - j).Fill(true);
                    break;
                }
                else if (j < b.Length && b[j] == '*')
                {
                    next[j] = true;
                }
                else if (j < b.Length && (a[i] == '?' || b[j] == '?' || Same(a[i], b[j], foldCase)))
                {
                    next[j + 1] = true;
                }
            }

            Spread(next, b);
            Span<bool> last = row;
            row = next;
            next = last;
        }

        return row[b.Length];
    }

    private static string WithoutRepeatedStars(string pattern)
    {
        if (pattern.IndexOf("**", StringComparison.Ordinal) < 0)
        {
            return pattern;
        }

        var single = new System.Text.StringBuilder(pattern.Length);
        foreach (char c in pattern)
        {
            if (c != '*' || single.Length == 0 || single[single.Length - 1] != '*')
            {
                single.Append(c);
            }
        }

        return single.ToString();
    }

    private static bool IsWildcard(char c) => c is '*' or '?';

    /// <summary>Where a text may be any.</summary>
    private static bool IsOpen(char c) => c is '*' or '?' or '$' || UnknownText.IsMark(c);

    /// <summary>A star of the other may stand for nothing.</summary>
    private static void Spread(Span<bool> row, ReadOnlySpan<char> b)
    {
        for (int j = 0; j < b.Length; j++)
        {
            if (row[j] && b[j] == '*')
            {
                row[j + 1] = true;
            }
        }
    }

    /// <summary>A text in which another stands for each <c>${…}</c> and for what is not known.</summary>
    public static string Filled(string text, string by)
    {
        if (text.IndexOf("${", StringComparison.Ordinal) < 0 && !UnknownText.IsIn(text))
        {
            return text;
        }

        var filled = new System.Text.StringBuilder();
        int lastClose = text.LastIndexOf('}');
        for (int i = 0; i < text.Length; i++)
        {
            int close = i < lastClose && text[i] == '$' && text[i + 1] == '{' ? text.IndexOf('}', i) : -1;
            if (close >= 0 || UnknownText.IsMark(text[i]))
            {
                filled.Append(by);
                i = Math.Max(i, close);
            }
            else
            {
                filled.Append(text[i]);
            }
        }

        return filled.ToString();
    }

    private static bool Same(char a, char b, bool foldCase) => a == b
        || (foldCase && ((a | b) < 128 ? (a ^ b) == 0x20 && (uint)((a | 0x20) - 'a') <= 'z' - 'a' : char.ToLowerInvariant(a) == char.ToLowerInvariant(b)));
}
