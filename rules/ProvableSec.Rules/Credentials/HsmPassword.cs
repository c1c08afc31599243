namespace ProvableSec.Rules.Credentials;

/// <summary>
/// The variables through which the CloudHSM client takes a crypto user's password (CloudHSM User Guide): <c>HSM_PASSWORD</c>, and <c>CLOUDHSM_PIN</c> for the
/// OpenSSL provider.
/// </summary>
internal static class HsmPassword
{
    /// <summary>What both names have in common.</summary>
    public static ReadOnlySpan<byte> Anchor => "HSM_P"u8;

    /// <summary>Finds the value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">Where <see cref="Anchor"/> was found.</param>
    /// <param name="at">Where the value begins.</param>
    public static bool HasValue(ReadOnlySpan<byte> text, int anchor, out int at)
    {
        at = anchor;
        ReadOnlySpan<byte> rest = text.Slice(anchor);
        int name = rest.StartsWith("HSM_PASSWORD"u8) ? 12 : rest.StartsWith("HSM_PIN"u8) && anchor >= 5 && text.Slice(anchor - 5, 5).SequenceEqual("CLOUD"u8) ? 7 : 0;
        if (name == 0)
        {
            return false;
        }

        // Between a name and its value: quotes, spaces, one sign. In a Dockerfile a space is enough.
        int i = anchor + name;
        bool quoted = i < text.Length && text[i] is (byte)'"' or (byte)'\'';
        bool sign = false, space = false, comma = false;
        for (; i < text.Length; i++)
        {
            if (text[i] is (byte)'=' or (byte)':' or (byte)',')
            {
                if (sign)
                {
                    break;
                }

                sign = true;
                comma = text[i] == (byte)',';
            }
            else if (TokenCharacters.IsSpace(text[i]))
            {
                space = true;
            }
            else if (text[i] is not ((byte)'"' or (byte)'\'' or (byte)']' or (byte)'\\'))
            {
                break;
            }
        }

        if (!sign && !(space && !quoted && IsDockerInstruction(text, anchor)))
        {
            return false;
        }

        at = i;
        return i > 0 && text[i - 1] is (byte)'"' or (byte)'\'' ? IsLiteralPassword(text.Slice(i), comma) : !quoted && IsBarePassword(text.Slice(i), i == anchor + name + 1 && text[i - 1] == (byte)'=');
    }

    /// <summary>A string literal up to its closing quote. Prose is none; and behind a comma only the last argument is, or every list of names would be.</summary>
    private static bool IsLiteralPassword(ReadOnlySpan<byte> rest, bool isArgument)
    {
        int end = rest.IndexOfAny((byte)'"', (byte)'\'', (byte)'\n');
        if (end < 0 || rest[end] == (byte)'\n')
        {
            return false;
        }

        int next = end + 1;
        while (next < rest.Length && (TokenCharacters.IsSpace(rest[next]) || TokenCharacters.IsLineEnd(rest[next])))
        {
            next++;
        }

        // The backslash of an escaped quote is no part of the value.
        ReadOnlySpan<byte> value = rest.Slice(0, end > 0 && rest[end - 1] == (byte)'\\' ? end - 1 : end);
        return value.IndexOf((byte)' ') < 0 && PasswordValue.IsWritten(value)
            && (!isArgument || next == rest.Length || rest[next] is (byte)')' or (byte)'}' or (byte)']');
    }

    /// <summary>
    /// A value without quotes, as in shells, Dockerfiles and YAML; in code that would be a name or a call. What directly follows the sign may be the
    /// end of a literal (<c>"-e HSM_PASSWORD=…"</c>); after a space it would be prose.
    /// </summary>
    private static bool IsBarePassword(ReadOnlySpan<byte> rest, bool mayEndLiteral)
    {
        int end = mayEndLiteral ? rest.IndexOfAny(" \n\r\""u8) : rest.IndexOfAny((byte)' ', (byte)'\n', (byte)'\r');
        ReadOnlySpan<byte> value = end < 0 ? rest : rest.Slice(0, end);
        return PasswordValue.IsWritten(value) && value.IndexOfAny((byte)'(', (byte)')', (byte)';') < 0 && value.IndexOfAny((byte)'"', (byte)'`', (byte)'\\') < 0;
    }

    private static bool IsDockerInstruction(ReadOnlySpan<byte> text, int at)
    {
        int start = at;
        while (start > 0 && !TokenCharacters.IsLineEnd(text[start - 1]))
        {
            start--;
        }

        while (start < at && TokenCharacters.IsSpace(text[start]))
        {
            start++;
        }

        return Ascii.StartsWithIgnoringCase(text.Slice(start), "env "u8) || Ascii.StartsWithIgnoringCase(text.Slice(start), "arg "u8);
    }
}
