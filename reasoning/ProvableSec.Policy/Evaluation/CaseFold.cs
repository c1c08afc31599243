namespace ProvableSec.Policy.Evaluation;

/// <summary>Comparison without regard to case and without culture, one UTF-16 unit at a time.</summary>
internal static class CaseFold
{
    public static char Of(char c) => c < 0x80 ? (c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c) : char.ToLowerInvariant(c);

    public static bool Equal(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && Of(a[i]) != Of(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool StartsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> prefix) =>
        text.Length >= prefix.Length && Equal(text.Slice(0, prefix.Length), prefix);
}
