namespace ProvableSec.Policy.Evaluation;

/// <summary>Patterns in which <c>*</c> and <c>?</c> stand for anything: actions, <c>StringLike</c>, the single fields of an ARN.</summary>
internal static class Glob
{
    public static bool Matches(ExpandedPattern pattern, ReadOnlySpan<char> value, bool foldCase)
    {
        int p = 0, v = 0, starAt = -1, starFrom = 0;
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern.IsStar(p))
            {
                starAt = p++;
                starFrom = v;
            }
            else if (p < pattern.Length && (pattern.IsMark(p) || Same(pattern.Text[p], value[v], foldCase)))
            {
                p++;
                v++;
            }
            else if (starAt >= 0)
            {
                // A later star can take whatever an earlier one could, so only the last one is ever widened.
                p = starAt + 1;
                v = ++starFrom;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern.IsStar(p))
        {
            p++;
        }

        return p == pattern.Length;
    }

    public static bool Same(char a, char b, bool foldCase) => a == b || (foldCase && CaseFold.Of(a) == CaseFold.Of(b));
}
