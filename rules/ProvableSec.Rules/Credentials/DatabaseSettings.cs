namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Host and password of a database of AWS as settings of their own: members of one object, arguments of one call, or lines near each other, as in
/// <c>config.py</c>, <c>.env</c> and the state of Terraform.
/// </summary>
internal static class DatabaseSettings
{
    private const int LongestObject = 8192, ReachOfLines = 600, MostLines = 8;

    private static ReadOnlySpan<byte> Brackets => "{}()"u8;

    /// <summary>Finds the password that belongs to a host.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">A place within the host's name.</param>
    /// <param name="from">Where the literal of the host begins.</param>
    /// <param name="to">The place behind it.</param>
    /// <param name="quiet">The place up to which there is no password for the hosts that come now: no part of a text is searched twice in vain.</param>
    /// <param name="key">Where the name of the setting begins.</param>
    /// <param name="at">Where the password begins.</param>
    /// <param name="length">How long it is.</param>
    public static bool HasPassword(ReadOnlySpan<byte> text, int host, int from, int to, ref int quiet, out (int Start, int Length) key, out int at,
        out int length)
    {
        key = default;
        at = length = 0;
        if (!IsOfDatabase(text.Slice(from, to - from)))
        {
            return false;
        }

        if (from == 0 || TokenCharacters.IsLineEnd(text[from - 1]))
        {
            // A line without quotes is not a literal: only the word of the host is not looked into.
            from += text.Slice(from, host - from).LastIndexOf((byte)' ') + 1;
            to = text.Slice(host, to - host).IndexOf((byte)' ') is >= 0 and var space ? host + space : to;
        }

        (int start, int end) = Around(text, host);
        int nearest = int.MaxValue;
        for (int i = Math.Max(start, quiet); i < end; i++)
        {
            i += text.Slice(i, end - i).IndexOfAny((byte)'p', (byte)'P') is >= 0 and var next ? next : end - i;
            if (i == end || (i >= from && i < to) || PasswordName(text, i) is not (> 0 and var name)
                || !HasWrittenValue(text, i, name, out int value, out int count) || Math.Abs(value - host) >= nearest)
            {
                continue;
            }

            nearest = Math.Abs(value - host);
            (key, at, length) = ((i, name), value, count);
        }

        quiet = length > 0 ? quiet : Math.Max(quiet, end);
        return length > 0;
    }

    /// <summary>The length of a word for a password, at the end of a name; 0 where none is.</summary>
    public static int PasswordName(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text.Slice(at);
        int length = Ascii.StartsWithIgnoringCase(rest, "password"u8) ? 8 : Ascii.StartsWithIgnoringCase(rest, "passwd"u8) ? 6
            : Ascii.StartsWithIgnoringCase(rest, "pwd"u8) ? 3 : 0;
        return length > 0 && (rest.Length == length || !TokenCharacters.IsWord(rest[length])) ? length : 0;
    }

    /// <summary>Whether a password is written behind its name, or as the value of the pair that it names.</summary>
    public static bool HasWrittenValue(ReadOnlySpan<byte> text, int name, int nameLength, out int at, out int length)
    {
        int start = name;
        while (start > 0 && TokenCharacters.IsWord(text[start - 1]))
        {
            start--;
        }

        return (SettingValue.TryRead(text, start, name + nameLength, isOfPair: false, out at, out length)
            || NamedPair.HasValue(text, start, name + nameLength, out at, out length))
            && text.Slice(at, length).IndexOf((byte)' ') < 0 && PasswordValue.IsWritten(text.Slice(at, length));
    }

    private static bool IsOfDatabase(ReadOnlySpan<byte> host) =>
        host.IndexOf(".rds."u8) >= 0 || host.IndexOf(".redshift"u8) >= 0 || host.IndexOf(".docdb"u8) >= 0 || host.IndexOf(".cache."u8) >= 0
            || host.IndexOf(".mq."u8) >= 0
        || host.IndexOf(".neptune."u8) >= 0 || host.IndexOf(".memorydb."u8) >= 0;

    /// <summary>The object or call that a place stands in, or else some lines.</summary>
    private static (int Start, int End) Around(ReadOnlySpan<byte> text, int place)
    {
        (int from, int to) = Lines(text, place);
        int least = Math.Max(0, place - LongestObject), most = Math.Min(text.Length, place + LongestObject);
        int depth = 0, start = place;
        while (depth >= 0 && text.Slice(least, start - least).LastIndexOfAny(Brackets) is >= 0 and var bracket)
        {
            start = least + bracket;
            depth += Nesting(text[start], closing: 1);
        }

        int end = place;
        if (depth < 0)
        {
            for (depth = 0; depth >= 0 && text.Slice(end, most - end).IndexOfAny(Brackets) is >= 0 and var bracket;)
            {
                end += bracket + 1;
                depth += Nesting(text[end - 1], closing: -1);
            }
        }

        // Entries of a list may be objects themselves: {"name": "HOST", "value": …}, {"name": "PASSWORD", …}.
        return depth < 0 ? (Math.Min(start, from), Math.Max(end, to)) : (from, to);
    }

    private static int Nesting(byte value, int closing) => value switch
    {
        (byte)'{' or (byte)'(' => -closing,
        (byte)'}' or (byte)')' => closing,
        _ => 0,
    };

    private static (int Start, int End) Lines(ReadOnlySpan<byte> text, int place)
    {
        int start = place, end = place;
        for (int lines = 0; start > 0 && place - start < ReachOfLines && lines <= MostLines; start--)
        {
            lines += text[start - 1] == (byte)'\n' ? 1 : 0;
        }

        for (int lines = 0; end < text.Length && end - place < ReachOfLines && lines <= MostLines; end++)
        {
            lines += text[end] == (byte)'\n' ? 1 : 0;
        }

        return (start, end);
    }
}
