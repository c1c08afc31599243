namespace ProvableSec.Rules.Credentials;

/// <summary>
/// A password among the arguments of a command that names a host of AWS: <c>mysql -h … -psecret</c>, <c>mongosh --host … -p secret</c>, <c>redis-cli -h … -a
/// secret</c>,
/// <c>sqlcmd -S … -P secret</c>. Arguments may be strings of a list.
/// </summary>
internal static class CommandPassword
{
    private const int Reach = 1024, Shortest = 4;

    /// <summary>Programs, their options for a password, and whether the value must touch a short one.</summary>
    private static readonly (string Program, string[] Options, bool Touches)[] Programs =
    [
        ("mysql", ["-p", "--password"], true),
        ("mariadb", ["-p", "--password"], true),
        ("mongo", ["-p", "--password"], false),
        ("redis-cli", ["-a", "--pass"], false),
        ("valkey-cli", ["-a", "--pass"], false),
        ("sqlcmd", ["-P"], false),
        ("mssql-cli", ["-P", "--password"], false),
    ];

    /// <summary>Finds the password of the command that a host is an argument of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">A place within the host's name.</param>
    /// <param name="at">Where the password begins.</param>
    public static bool HasPassword(ReadOnlySpan<byte> text, int host, out int at)
    {
        at = 0;
        (int start, int end) = CommandAround(text, host);
        foreach ((string program, string[] options, bool touches) in Programs)
        {
            // The program comes first; "mysqldump" and "mongosh" begin as others do.
            int named = IndexOfWord(text.Slice(start, host - start), program);
            for (int i = named < 0 ? end : start + named; i < end; i++)
            {
                if (i > start && IsBetween(text[i - 1]) && text[i] == (byte)'-' && ValueOf(text, i, end, options, touches) is > 0 and var value)
                {
                    at = value;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Where the value of an option begins; 0 where there is none.</summary>
    private static int ValueOf(ReadOnlySpan<byte> text, int option, int end, string[] options, bool touches)
    {
        foreach (string name in options)
        {
            int at = option + name.Length;
            bool isShort = name[1] != '-';
            if (at >= end || !StartsWith(text.Slice(option), name) || (!isShort && text[at] != (byte)'=' && !IsBetween(text[at]))
                || (isShort && touches && IsBetween(text[at]) && !IsOpened(text, at)))
            {
                continue;
            }

            while (at < end && (IsBetween(text[at]) || text[at] is (byte)'=' or (byte)'\\'))
            {
                at++;
            }

            int length = text.Slice(at, end - at).IndexOfAny(" \t\r\n\"'`\\;)"u8);
            ReadOnlySpan<byte> value = text.Slice(at, length < 0 ? end - at : length);
            return value.Length >= Shortest && value[0] != (byte)'-' && !IsNumber(value) && PasswordValue.IsWritten(value) ? at : 0;
        }

        return 0;
    }

    /// <summary>The line, with those that a backslash joins to it.</summary>
    private static (int Start, int End) CommandAround(ReadOnlySpan<byte> text, int host)
    {
        int least = Math.Max(0, host - Reach), most = Math.Min(text.Length, host + Reach), start = host, end = host;
        while (text.Slice(least, start - least).LastIndexOfAny((byte)'\n', (byte)'|', (byte)';') is >= 0 and var limit)
        {
            start = least + limit;
            if (!IsContinued(text, start))
            {
                least = start + 1;
                break;
            }
        }

        while (text.Slice(end, most - end).IndexOfAny((byte)'\n', (byte)'|', (byte)'>') is >= 0 and var limit)
        {
            end += limit;
            if (!IsContinued(text, end))
            {
                return (least, end);
            }

            end++;
        }

        return (least, most);
    }

    private static bool IsContinued(ReadOnlySpan<byte> text, int at) =>
        text[at] == (byte)'\n' && at > 0 && (text[at - 1] == (byte)'\\' || (text[at - 1] == (byte)'\r' && at > 1 && text[at - 2] == (byte)'\\'));

    private static int IndexOfWord(ReadOnlySpan<byte> text, string word)
    {
        Span<byte> letters = stackalloc byte[word.Length];
        for (int i = 0; i < word.Length; i++)
        {
            letters[i] = (byte)word[i];
        }

        for (int at = 0; text.Slice(at).IndexOf(letters) is >= 0 and var next; at++)
        {
            at += next;
            if (at == 0 || !(TokenCharacters.IsWord(text[at - 1]) || text[at - 1] is (byte)'-' or (byte)'.' or (byte)':'))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, string word)
    {
        for (int i = 0; i < word.Length; i++)
        {
            if (i >= text.Length || text[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A quote that begins the value, as in <c>-p'secret'</c>; in <c>"-p", "db"</c> it ends the option.</summary>
    private static bool IsOpened(ReadOnlySpan<byte> text, int at) => text[at] is (byte)'"' or (byte)'\'' && at + 1 < text.Length && !IsBetween(text[at + 1])
        && text[at + 1] != (byte)']';

    private static bool IsNumber(ReadOnlySpan<byte> value)
    {
        const int LongestPort = 5;
        foreach (byte digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return value.Length <= LongestPort;
    }

    private static bool IsBetween(byte value) => TokenCharacters.IsSpace(value) || TokenCharacters.IsLineEnd(value)
        || value is (byte)'"' or (byte)'\'' or (byte)',' or (byte)'[' or (byte)'`';
}
