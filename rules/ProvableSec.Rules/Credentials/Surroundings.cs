namespace ProvableSec.Rules.Credentials;

/// <summary>What stands around a place in a text. Returns are not counted, so that the answers are the same for LF and CRLF.</summary>
internal static class Surroundings
{
    private const int Reach = 160;

    /// <summary>Whether two places are at most a few lines and a few hundred characters apart.</summary>
    public static bool AreNear(ReadOnlySpan<byte> text, int first, int second)
    {
        const int MostLines = 6, MostCharacters = 600;
        int from = Math.Min(first, second), to = Math.Max(first, second), lines = 0, characters = 0;
        for (int i = from; i < to; i++)
        {
            lines += text[i] == (byte)'\n' ? 1 : 0;
            characters += text[i] == (byte)'\r' ? 0 : 1;
            if (lines > MostLines || characters > MostCharacters)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The stretch of text around a place that one string literal, URL or value can be: up to a quote, a tag or the end of the line.</summary>
    public static (int Start, int End) LiteralAround(ReadOnlySpan<byte> text, int at)
    {
        const int Most = 4096;
        int start = at, end = at;
        while (start > 0 && at - start < Most && !EndsLiteral(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - at < Most && !EndsLiteral(text[end]))
        {
            end++;
        }

        return (start, end);
    }

    /// <summary>Whether the name of a value says that it is a password for SMTP, as the state of Terraform calls one.</summary>
    public static bool IsLabelledSmtp(ReadOnlySpan<byte> text, int start)
    {
        int from = Math.Max(0, start - 60);
        ReadOnlySpan<byte> before = text.Slice(from, start - from);
        return before.Slice(before.LastIndexOf((byte)'\n') + 1) is var line
            && (Ascii.IndexOfIgnoringCase(line, "smtp_password"u8) >= 0 || Ascii.IndexOfIgnoringCase(line, "smtppassword"u8) >= 0);
    }

    /// <summary>
    /// Whether a run is one line of a block of Base64 that is not a secret of its own: the last one before <c>-----END</c>, or one behind a full line.
    /// </summary>
    public static bool IsLineOfBlock(ReadOnlySpan<byte> text, int start, int end)
    {
        const int ShortestFullLine = 57;
        int at = end;
        while (at < text.Length && at - end < 40 && (IsBetweenLines(text[at]) || text[at] == (byte)'='
            || (text[at] is (byte)'n' or (byte)'r' && text[at - 1] == (byte)'\\')))
        {
            at++;
        }

        if (at > end && text.Slice(at).StartsWith("-----END"u8))
        {
            return true;
        }

        at = start;
        while (at > 0 && IsBetweenLines(text[at - 1]))
        {
            at--;
        }

        int full = at;
        while (full > 0 && TokenCharacters.IsToken(text[full - 1]))
        {
            full--;
        }

        return at < start && at - full >= ShortestFullLine && text.Slice(at, start - at).IndexOf((byte)'\n') >= 0;
    }

    private static bool IsBetweenLines(byte value) =>
        TokenCharacters.IsSpace(value) || TokenCharacters.IsLineEnd(value) || value is (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)'+' or (byte)','
            or (byte)'#' or (byte)'>';

    /// <summary>The last name before a place on its line: what the value there is called. Empty when there is none.</summary>
    public static string KeyBefore(ReadOnlySpan<byte> text, int at)
    {
        int end = at;
        while (end > 0 && at - end < Reach && !TokenCharacters.IsLineEnd(text[end - 1]) && !IsName(text[end - 1]))
        {
            end--;
        }

        int start = end;
        while (start > 0 && end - start < Reach && IsName(text[start - 1]))
        {
            start--;
        }

        return Ascii.Text(text.Slice(start, end - start));
    }

    private static bool IsName(byte value) => TokenCharacters.IsWord(value) || value is (byte)'.' or (byte)'-' or (byte)':';

    private static bool EndsLiteral(byte value) =>
        TokenCharacters.IsLineEnd(value) || value is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>';
}
