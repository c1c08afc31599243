using System.Runtime.CompilerServices;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Comparison without regard to case and without culture, one UTF-16 unit at a time.</summary>
internal static class CaseFold
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Of(char c) => c < 0x80 ? ((uint)(c - 'A') <= 'Z' - 'A' ? (char)(c | 0x20) : c) : OfMany(c);

    public static bool Equal(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        // Names of keys and actions begin alike more often than they end alike.
        int last = a.Length - 1;
        if (last >= 0 && a[last] != b[last] && Of(a[last]) != Of(b[last]))
        {
            return false;
        }

        if (a.SequenceEqual(b))
        {
            return true;
        }

        for (int i = last - 1; i >= 0; i--)
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

    private static char OfMany(char c) => char.ToLowerInvariant(c);
}
