namespace ProvableSec.Policy.Evaluation;

/// <summary>Patterns in which <c>*</c> and <c>?</c> stand for anything: actions, <c>StringLike</c>, the single fields of an ARN.</summary>
internal static class Glob
{
    public static bool Matches(ExpandedPattern pattern, ReadOnlySpan<char> value, bool foldCase)
    {
        ReadOnlySpan<char> text = pattern.Text;
        int p = 0, v = 0, starAt = -1, starFrom = 0;
        while (v < value.Length)
        {
            if (p < text.Length)
            {
                char c = text[p];
                if (c is '*' or '?' && pattern.IsWildcard(p))
                {
                    p++;
                    if (c == '?')
                    {
                        v++;
                    }
                    else if (p == text.Length)
                    {
                        return true;
                    }
                    else
                    {
                        starAt = p;
                        starFrom = v;
                    }

                    continue;
                }

                if (Same(c, value[v], foldCase))
                {
                    p++;
                    v++;
                    continue;
                }
            }

            if (starAt < 0)
            {
                return false;
            }

            // A later star can take whatever an earlier one could, so only the last one is ever widened.
            p = starAt;
            v = ++starFrom;
        }

        while (p < text.Length && pattern.IsStar(p))
        {
            p++;
        }

        return p == text.Length;
    }

    public static bool Same(char a, char b, bool foldCase) => a == b || (foldCase && CaseFold.Of(a) == CaseFold.Of(b));
}
