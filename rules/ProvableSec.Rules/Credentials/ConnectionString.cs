namespace ProvableSec.Rules.Credentials;

/// <summary>
/// A connection string or URI that names a host of AWS and gives a password: <c>Host=…;Password=…</c> as Npgsql and SqlClient read it,
/// <c>mongodb://user:password@host</c>, <c>jdbc:…?password=…</c>.
/// </summary>
internal static class ConnectionString
{
    /// <summary>What every such host ends in; China's Regions have <c>.cn</c> behind it.</summary>
    public static ReadOnlySpan<byte> Anchor => ".amazonaws.com"u8;

    /// <summary>Finds the password.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the string begins that the host stands in.</param>
    /// <param name="end">The place behind it; behind the password, where that has quotes of its own.</param>
    /// <param name="at">Where the password begins.</param>
    public static bool HasPassword(ReadOnlySpan<byte> text, int start, ref int end, out int at)
    {
        ReadOnlySpan<byte> literal = text.Slice(start, end - start);
        if (HasPasswordInUri(literal, out at) || HasPasswordKey(literal, out at))
        {
            at += start;
            return true;
        }

        return HasQuotedPassword(text, start, ref end, out at);
    }

    /// <summary>Whether a password is hard-coded for a host that is not: <c>{}</c> stands for it.</summary>
    public static bool HasPasswordForUnknownHost(ReadOnlySpan<byte> text)
    {
        int host = text.IndexOf("@{}"u8);
        if (host >= 0 && text.IndexOf("://"u8) is >= 0 and var scheme && scheme < host)
        {
            ReadOnlySpan<byte> userInfo = text.Slice(scheme + 3, host - scheme - 3);
            return userInfo.IndexOf((byte)':') is >= 0 and var colon && PasswordValue.IsWritten(userInfo.Slice(colon + 1));
        }

        return (Ascii.IndexOfIgnoringCase(text, "host={}"u8) >= 0 || Ascii.IndexOfIgnoringCase(text, "server={}"u8) >= 0
            || Ascii.IndexOfIgnoringCase(text, "data source={}"u8) >= 0)
            && HasPasswordKey(text, out _);
    }

    /// <summary>What kind of service the host belongs to, for the message.</summary>
    public static string ServiceOf(ReadOnlySpan<byte> literal) =>
        literal.IndexOf(".docdb"u8) >= 0 ? "DocumentDB"
        : literal.IndexOf(".redshift"u8) >= 0 ? "Redshift"
        : literal.IndexOf(".rds."u8) >= 0 ? "RDS"
        : literal.IndexOf(".mq."u8) >= 0 ? "Amazon MQ"
        : literal.IndexOf(".cache."u8) >= 0 ? "ElastiCache"
        : literal.IndexOf("git-codecommit"u8) >= 0 ? "CodeCommit"
        : "a host of AWS";

    /// <summary><c>Password="…"</c> or <c>Password='…'</c>: the string ends at a quote that is not the one it began with, and goes on behind the
    /// password.</summary>
    private static bool HasQuotedPassword(ReadOnlySpan<byte> text, int start, ref int end, out int at)
    {
        at = end;
        int quote = end, before = end;
        if (quote < text.Length && before > start && text[before - 1] == (byte)'\\')
        {
            before--;
        }

        bool isEscaped = before < quote;
        if (quote >= text.Length || text[quote] is not ((byte)'"' or (byte)'\'') || (!isEscaped && (start == 0 || text[start - 1] == text[quote])))
        {
            return false;
        }

        while (before > start && (text[before - 1] == (byte)' ' || text[before - 1] == (byte)'='))
        {
            before--;
        }

        if (before == end || !(Ascii.StartsWithIgnoringCase(text.Slice(Math.Max(start, before - 8)), "password"u8)
            || Ascii.StartsWithIgnoringCase(text.Slice(Math.Max(start, before - 3)), "pwd"u8)))
        {
            return false;
        }

        at = quote + 1;
        int close = text.Slice(at).IndexOfAny(text[quote], (byte)'\n');
        int length = close < 0 || text[at + close] == (byte)'\n' ? 0 : close;
        length -= length > 0 && text[at + length - 1] == (byte)'\\' ? 1 : 0;
        if (length <= 0 || !PasswordValue.IsWritten(text.Slice(at, length)))
        {
            return false;
        }

        end = at + length;
        return true;
    }

    private static bool HasPasswordInUri(ReadOnlySpan<byte> literal, out int at)
    {
        at = 0;
        int scheme = literal.IndexOf("://"u8);
        if (scheme < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> authority = literal.Slice(scheme + 3);
        int host = authority.IndexOf(Anchor);
        if (host < 0)
        {
            return false;
        }

        // The last @ before the host: a password may hold one, against the rules.
        int userInfo = authority.Slice(0, host).LastIndexOf((byte)'@');
        int colon = userInfo < 0 ? -1 : authority.Slice(0, userInfo).IndexOf((byte)':');
        if (colon < 0 || authority.Slice(0, colon).IndexOfAny((byte)'/', (byte)' ') >= 0
            || !PasswordValue.IsWritten(authority.Slice(colon + 1, userInfo - colon - 1)))
        {
            return false;
        }

        at = scheme + 3 + colon + 1;
        return true;
    }

    private static bool HasPasswordKey(ReadOnlySpan<byte> literal, out int at)
    {
        for (at = 0; at < literal.Length; at++)
        {
            if (at > 0 && literal[at - 1] is not ((byte)';' or (byte)'?' or (byte)'&' or (byte)' ' or (byte)'=' or (byte)','))
            {
                continue;
            }

            int name = Ascii.StartsWithIgnoringCase(literal.Slice(at), "password"u8) ? 8 : Ascii.StartsWithIgnoringCase(literal.Slice(at), "pwd"u8) ? 3 : 0;
            int value = at + name;
            while (name > 0 && value < literal.Length && literal[value] == (byte)' ')
            {
                value++;
            }

            if (name == 0 || value >= literal.Length || literal[value] != (byte)'=')
            {
                continue;
            }

            do
            {
                value++;
            }
            while (value < literal.Length && literal[value] == (byte)' ');
            int end = value;
            // StackExchange.Redis separates by commas.
            bool byCommas = at > 0 && literal[at - 1] == (byte)',';
            while (end < literal.Length && literal[end] is not ((byte)';' or (byte)'&' or (byte)' ') && !(byCommas && literal[end] == (byte)','))
            {
                end++;
            }

            if (PasswordValue.IsWritten(literal.Slice(value, end - value)))
            {
                at = value;
                return true;
            }
        }

        return false;
    }
}
