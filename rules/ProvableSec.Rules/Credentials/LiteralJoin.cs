namespace ProvableSec.Rules.Credentials;

/// <summary>Two string literals that code joins (<c>"…" + "…"</c>, <c>"…" &amp; "…"</c>), or a line that goes on in the next one behind a backslash.</summary>
internal static class LiteralJoin
{
    private const int MostBetween = 200, LongestPart = 64, ShortestWhole = 16;

    /// <summary>Python, C, C++, Objective-C, Ruby.</summary>
    private static readonly string[] Endings = [".py", ".pyw", ".pyi", ".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".ino", ".m", ".mm", ".rb"];

    /// <summary>The length of what stands between the two parts, from its anchor on; 0 when nothing is joined that could be a credential.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A plus, an ampersand or a backslash.</param>
    /// <param name="start">Where what stands between begins.</param>
    public static int At(ReadOnlySpan<byte> text, int at, out int start)
    {
        start = at;
        int end = at + 1;
        if (text[at] == (byte)'\\')
        {
            end += end < text.Length && text[end] == (byte)'\r' ? 1 : 0;
            return end < text.Length && text[end] == (byte)'\n' && JoinsParts(text, at, end = SkipBlank(text, end)) ? end - at : 0;
        }

        while (start > 0 && at - start < MostBetween && IsBlank(text[start - 1]))
        {
            start--;
        }

        if (start == 0 || text[start - 1] is not ((byte)'"' or (byte)'\''))
        {
            return 0;
        }

        start--;
        end = SkipBlank(text, end);
        // "… & _" goes on in the next line in Visual Basic; "$" and "@" belong to the literal.
        while (end < text.Length && text[end] is (byte)'_' or (byte)'$' or (byte)'@')
        {
            end = SkipBlank(text, end + 1);
        }

        return end < text.Length && text[end] == text[start] && (start == 0 || text[start - 1] != (byte)'\\') && JoinsParts(text, start, end + 1) ? end + 1 - at
            : 0;
    }

    /// <summary>The length of what stands between two literals that the language joins because they stand beside each other, from the quote that ends the
    /// first; 0 for none.</summary>
    public static int Neighbor(ReadOnlySpan<byte> text, int at)
    {
        const int LongestPrefix = 2;
        int next = at + 1;
        for (int most = at + MostBetween; next < text.Length && next < most
            && (IsBlank(text[next]) || (text[next] == (byte)'\\' && next + 1 < text.Length && TokenCharacters.IsLineEnd(text[next + 1])));)
        {
            next++;
        }

        // r"…", f'…', L"…": the letters belong to the literal.
        for (int most = next + LongestPrefix; next < text.Length && next < most && (text[next] | 0x20) is 'r' or 'b' or 'f' or 'u' or 'l';)
        {
            next++;
        }

        return at > 0 && text[at - 1] != (byte)'\\' && next < text.Length && text[next] is (byte)'"' or (byte)'\'' && JoinsParts(text, at, next + 1)
            ? next + 1 - at : 0;
    }

    /// <summary>Whether a file is in a language that joins literals without a sign, by its name.</summary>
    public static bool IsWithoutSign(string path)
    {
        foreach (string ending in Endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether both sides are parts of one long token, or one ends or begins where a connection string is divided.</summary>
    private static bool JoinsParts(ReadOnlySpan<byte> text, int leftEnd, int rightStart)
    {
        if (leftEnd == 0 || rightStart >= text.Length)
        {
            return false;
        }

        int left = 0, right = 0;
        while (left < leftEnd && left < LongestPart && TokenCharacters.IsToken(text[leftEnd - 1 - left]))
        {
            left++;
        }

        while (rightStart + right < text.Length && right < LongestPart && TokenCharacters.IsToken(text[rightStart + right]))
        {
            right++;
        }

        return (left > 0 && right > 0 && left + right >= ShortestWhole)
            || ((IsDivider(text[leftEnd - 1]) || IsDivider(text[rightStart])) && IsConnection(text, leftEnd, rightStart));
    }

    private static bool IsDivider(byte value) => value is (byte)';' or (byte)',' or (byte)'&' or (byte)'?' or (byte)'=' or (byte)'@' or (byte)':' or (byte)' ';

    private static bool IsConnection(ReadOnlySpan<byte> text, int leftEnd, int rightStart)
    {
        const int Reach = 400;
        int from = Math.Max(0, leftEnd - Reach);
        return text.Slice(from, Math.Min(text.Length, rightStart + Reach) - from).IndexOf(ConnectionString.Anchor) >= 0;
    }

    private static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        for (int most = at + MostBetween; at < text.Length && at < most && IsBlank(text[at]);)
        {
            at++;
        }

        return at;
    }

    private static bool IsBlank(byte value) => TokenCharacters.IsSpace(value) || TokenCharacters.IsLineEnd(value);
}
