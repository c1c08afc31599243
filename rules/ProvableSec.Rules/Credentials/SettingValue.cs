namespace ProvableSec.Rules.Credentials;

/// <summary>The value that is written behind a name: <c>name = "…"</c>, <c>"name": "…"</c>, <c>name: …</c>, <c>&lt;name&gt;…&lt;</c>.</summary>
internal static class SettingValue
{
    private const int Longest = 400;

    /// <summary>Reads a value in quotes, or one without in a file of settings. Whether it is a password or a placeholder is not asked.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Where the name begins.</param>
    /// <param name="nameEnd">The place behind the name.</param>
    /// <param name="isOfPair">Whether the name only says that a value follows.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="length">How long it is.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, int name, int nameEnd, bool isOfPair, out int at, out int length)
    {
        length = 0;
        at = nameEnd;
        bool sign = false;
        for (; at < text.Length && at - nameEnd < Longest; at++)
        {
            byte value = text[at];
            if (value is (byte)'=' or (byte)':' && !sign)
            {
                sign = true;
            }
            else if (value == (byte)'>' && at == nameEnd)
            {
                at++;
                ReadOnlySpan<byte> element = text.Slice(at, Math.Min(Longest, text.Length - at));
                length = element.IndexOf((byte)'<');
                return length > 0;
            }
            else if (value is (byte)'"' or (byte)'\'' && sign)
            {
                return HasLiteral(text, ref at, out length);
            }
            else if (!(TokenCharacters.IsSpace(value) || value is (byte)'"' or (byte)'\'' or (byte)']' or (byte)'\\')
                || (value == (byte)'\\' && sign && !IsQuote(text, at + 1)))
            {
                break;
            }
        }

        return sign && HasBare(text, at, out length) && BareValue.IsText(text, name, at, length, isOfPair);
    }

    /// <summary>From an opening quote to the one that closes it; the backslash before an escaped one is not part of the value.</summary>
    private static bool HasLiteral(ReadOnlySpan<byte> text, ref int at, out int length)
    {
        byte quote = text[at];
        bool escaped = text[at - 1] == (byte)'\\';
        at++;
        length = 0;
        for (int end = at; end < text.Length && end - at < Longest && !TokenCharacters.IsLineEnd(text[end]); end++)
        {
            if (text[end] == quote && (text[end - 1] == (byte)'\\') == escaped)
            {
                length = end - at - (escaped ? 1 : 0);
                return length > 0;
            }
        }

        return false;
    }

    private static bool HasBare(ReadOnlySpan<byte> text, int at, out int length)
    {
        int end = at;
        while (end < text.Length && end - at < Longest && !TokenCharacters.IsLineEnd(text[end])
            && text[end] is not ((byte)' ' or (byte)',' or (byte)'}' or (byte)'<' or (byte)'"' or (byte)'\''))
        {
            end++;
        }

        length = end - at;
        return length > 0 && text.Slice(at, length).IndexOfAny((byte)'(', (byte)')', (byte)';') < 0;
    }

    private static bool IsQuote(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] is (byte)'"' or (byte)'\'';
}
