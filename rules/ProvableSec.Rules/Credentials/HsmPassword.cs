namespace ProvableSec.Rules.Credentials;

/// <summary>
/// The variables through which the CloudHSM client takes a crypto user's password (CloudHSM User Guide): <c>HSM_PASSWORD</c>, and <c>CLOUDHSM_PIN</c> for the
/// OpenSSL provider; and the option <c>-p</c> of <c>loginHSM</c>.
/// </summary>
internal static class HsmPassword
{
    /// <summary>The fewest characters of a crypto user's password.</summary>
    private const int Shortest = 7;

    /// <summary>What the names have in common.</summary>
    public static ReadOnlySpan<byte> Anchor => "HSM"u8;

    /// <summary>The role of those who use keys, as the command line of CloudHSM calls it: <c>login --username … --role crypto-user --password …</c>.</summary>
    public static ReadOnlySpan<byte> Role => "crypto-user"u8;

    /// <summary>Finds the password in the command that logs in as a crypto user.</summary>
    /// <param name="text">The text.</param>
    /// <param name="role">Where <see cref="Role"/> was found.</param>
    /// <param name="at">Where the value begins.</param>
    public static bool HasLogin(ReadOnlySpan<byte> text, int role, out int at)
    {
        const int Reach = 200;
        ReadOnlySpan<byte> option = "--password"u8;
        int start = Math.Max(0, role - Reach), end = Math.Min(text.Length, role + Reach);
        start += text.Slice(start, role - start).LastIndexOf((byte)'\n') + 1;
        end = text.Slice(role, end - role).IndexOf((byte)'\n') is >= 0 and var line ? role + line : end;
        at = text.Slice(start, end - start).IndexOf(option);
        return at >= 0 && LiteralPassword.HasOption(text.Slice(0, end), start + at + option.Length, out at, out int length)
            && length >= Shortest && text.Slice(at, length).IndexOf((byte)' ') < 0 && PasswordValue.IsWritten(text.Slice(at, length));
    }

    /// <summary>Finds the value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">Where <see cref="Anchor"/> was found.</param>
    /// <param name="at">Where the value begins.</param>
    public static bool HasValue(ReadOnlySpan<byte> text, int anchor, out int at)
    {
        at = anchor;
        ReadOnlySpan<byte> rest = text.Slice(anchor);
        if (rest.StartsWith("HSM "u8) && anchor >= 5 && text.Slice(anchor - 5, 5).SequenceEqual("login"u8))
        {
            return HasOption(text, anchor + 4, out at);
        }

        int name = rest.StartsWith("HSM_PASSWORD"u8) ? 12 : rest.StartsWith("HSM_PIN"u8) && anchor >= 5 && text.Slice(anchor - 5, 5).SequenceEqual("CLOUD"u8)
            ? 7 : 0;
        if (name == 0 || IsRequired(text, name == 7 ? anchor - 5 : anchor, anchor + name))
        {
            return false;
        }

        if (NamedPair.HasValue(text, name == 7 ? anchor - 5 : anchor, anchor + name, out int paired, out int length)
            && PasswordValue.IsWritten(text.Slice(paired, length)))
        {
            at = paired;
            return true;
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
        return i > 0 && text[i - 1] is (byte)'"' or (byte)'\'' ? IsLiteralPassword(text.Slice(i), comma)
            : !quoted && IsBarePassword(text.Slice(i), i == anchor + name + 1 && text[i - 1] == (byte)'=');
    }

    /// <summary>Whether a shell or compose file asks for the variable: what stands behind it is a message, <c>${HSM_PASSWORD:?not set}</c>.</summary>
    private static bool IsRequired(ReadOnlySpan<byte> text, int start, int end) =>
        text.Slice(0, start).EndsWith("${"u8) && (text.Slice(end).StartsWith(":?"u8) || text.Slice(end).StartsWith("?"u8));

    /// <summary>A string literal up to its closing quote. Prose is none; and behind a comma only the last argument is, or every list of names would
    /// be.</summary>
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

        // The backslash of an escaped quote is not part of the value.
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
        return PasswordValue.IsWritten(value) && value.IndexOfAny((byte)'(', (byte)')', (byte)';') < 0
            && value.IndexOfAny((byte)'"', (byte)'`', (byte)'\\') < 0;
    }

    /// <summary><c>loginHSM -u CU -s user -p password</c>: the option of the same command, which a quote or a semicolon may end.</summary>
    private static bool HasOption(ReadOnlySpan<byte> text, int from, out int at)
    {
        const int LongestCommand = 400;
        ReadOnlySpan<byte> command = text.Slice(from, Math.Min(LongestCommand, text.Length - from));
        int end = command.IndexOfAny((byte)'\n', (byte)';', (byte)'|');
        command = end < 0 ? command : command.Slice(0, end);
        int option = command.StartsWith("-p "u8) ? 0 : command.IndexOf(" -p "u8) is >= 0 and var found ? found + 1 : -1;
        at = from + option + 3;
        if (option < 0)
        {
            // cloudhsm_mgmt_util has no options: loginHSM CU <user> <password>.
            int user = command.StartsWith("CU "u8) || command.StartsWith("CO "u8) ? command.Slice(3).IndexOf((byte)' ') : -1;
            at = from + 3 + user + 1;
            if (user <= 0)
            {
                return false;
            }
        }

        while (at < text.Length && text[at] is (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'\\')
        {
            at++;
        }

        int length = text.Slice(at).IndexOfAny(" \n\r\"'\\<"u8);
        length = length < 0 ? text.Length - at : length;
        return (option >= 0 || length >= Shortest) && PasswordValue.IsWritten(text.Slice(at, length));
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
