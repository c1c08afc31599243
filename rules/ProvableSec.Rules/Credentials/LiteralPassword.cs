namespace ProvableSec.Rules.Credentials;

/// <summary>
/// A password that AWS is to give to something, written into a template, a plan, code or a command: <c>MasterUserPassword</c>, <c>master_password</c>,
/// <c>--secret-string</c>, <c>LoginProfile</c>; and settings of a file that speaks of a database of AWS.
/// </summary>
internal static class LiteralPassword
{
    private const int Shortest = 8, LongestSecret = 4096, LongestName = 100, ReachOfSettings = 400;

    /// <summary>Parameters of services that take a password, in small letters and without signs.</summary>
    private static readonly string[] Parameters = ["masteruserpassword", "masterpassword", "adminuserpassword"];

    /// <summary>What a file holds that is about a database of AWS; a drop of prose is enough, since user and password are asked for as well.</summary>
    private static readonly string[] Databases =
        ["aws_db_instance", "aws_docdb", "aws_redshift", "aws_mq_broker", "redshift", "Redshift", "docdb", "DocDB", "DocumentDB", "rds-combined-ca-bundle",
            "global-bundle.pem", "AWS::RDS", "AWS::AmazonMQ"];

    /// <summary>The ends of the words for a password, as most write them.</summary>
    public static ReadOnlySpan<byte> Anchor => "assword"u8;

    /// <summary>The same in capitals.</summary>
    public static ReadOnlySpan<byte> CapitalAnchor => "ASSWORD"u8;

    /// <summary>What the parameters of Secrets Manager have in common.</summary>
    public static ReadOnlySpan<byte> SecretAnchor => "cret"u8;

    /// <summary>Whether a password stands behind its name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">Where <see cref="Anchor"/> was found.</param>
    /// <param name="key">The name.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="needsDatabase">Whether it counts only where the text speaks of a database of AWS.</param>
    public static bool HasValue(ReadOnlySpan<byte> text, int anchor, out string key, out int at, out bool needsDatabase)
    {
        int length;
        key = "";
        needsDatabase = false;
        at = length = 0;
        int end = anchor + Anchor.Length;
        if (anchor == 0 || text[anchor - 1] is not ((byte)'p' or (byte)'P') || (end < text.Length && TokenCharacters.IsWord(text[end])))
        {
            return false;
        }

        int start = anchor;
        while (start > 0 && anchor - start < LongestName && (TokenCharacters.IsWord(text[start - 1]) || text[start - 1] == (byte)'-'))
        {
            start--;
        }

        bool isOption = text.Slice(start).StartsWith("--"u8);
        if (!(isOption ? HasOption(text, end, out at, out length) && text.Slice(at, length).IndexOf((byte)' ') < 0
            && PasswordValue.IsWritten(text.Slice(at, length)) : DatabaseSettings.HasWrittenValue(text, start, end - start, out at, out length))
            || length < Shortest)
        {
            return false;
        }

        key = Ascii.Text(text.Slice(start, end - start)).Replace("_", "").Replace("-", "").ToLowerInvariant();
        return Array.IndexOf(Parameters, key) >= 0 || NamesDatabase(key) || NamesDirectory(key) || (key == "password" && IsOfLogin(text, start, at + length))
            || (needsDatabase = !isOption && key.Length <= 16 && HasUserBeside(text, start, at + length));
    }

    /// <summary>Whether a value for Secrets Manager is hard-coded: text, or a JSON object with a member that is a password or a key.</summary>
    public static bool HasSecretString(ReadOnlySpan<byte> text, int anchor, out int at)
    {
        at = 0;
        ReadOnlySpan<byte> rest = text.Slice(anchor + SecretAnchor.Length);
        int name = rest.StartsWith("String"u8) || rest.StartsWith("Binary"u8) ? 6 : rest.StartsWith("_string"u8) || rest.StartsWith("-string"u8)
            || rest.StartsWith("_binary"u8) || rest.StartsWith("-binary"u8) ? 7 : 0;
        int end = anchor + SecretAnchor.Length + name;
        if (anchor > 0 && rest.StartsWith("Value."u8) && Ascii.StartsWithIgnoringCase(rest.Slice(6), "unsafeplaintext("u8))
        {
            // The CDK's way to say that it is not hidden.
            return IsArgument(text, end + 6 + "unsafeplaintext".Length, out at);
        }

        if (name == 0 || anchor == 0 || (end < text.Length && TokenCharacters.IsWord(text[end])))
        {
            return false;
        }

        bool isOption = anchor > 3 && text.Slice(anchor - 4, 2).SequenceEqual("--"u8);
        return isOption ? HasOption(text, end, out at, out int length) && IsSecret(text.Slice(at, length)) : HasSecretLiteral(text, end, ref at);
    }

    /// <summary>Whether the port of a setting beside a password is the one that Redshift alone has by default.</summary>
    public static bool HasRedshiftPort(ReadOnlySpan<byte> text, int password)
    {
        (int from, int to) = (Math.Max(0, password - ReachOfSettings), Math.Min(text.Length, password + ReachOfSettings));
        for (int at = from; text.Slice(at, to - at).IndexOf("5439"u8) is >= 0 and var next;)
        {
            at += next + 4;
            if ((at == to || !IsOfNumber(text[at])) && at - 5 >= from && !IsOfNumber(text[at - 5])
                && Ascii.IndexOfIgnoringCase(text.Slice(Math.Max(from, at - 30), Math.Min(26, at - 4 - from)), "port"u8) >= 0)
            {
                return true;
            }
        }

        return false;

        static bool IsOfNumber(byte value) => TokenCharacters.IsWord(value) || value is (byte)'.' or (byte)'-';
    }

    /// <summary>Whether a text speaks of a database of AWS.</summary>
    public static bool SpeaksOfDatabase(ReadOnlySpan<byte> text)
    {
        foreach (string word in Databases)
        {
            if (Ascii.Contains(text, word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsArgument(ReadOnlySpan<byte> text, int open, out int at)
    {
        at = open + 2;
        return at < text.Length && text[open] == (byte)'(' && text[open + 1] is (byte)'"' or (byte)'\''
            && text.Slice(at).IndexOf(text[open + 1]) is > 0 and var length && IsSecret(text.Slice(at, length));
    }

    /// <summary>The value in quotes, which may hold escaped ones.</summary>
    private static bool HasSecretLiteral(ReadOnlySpan<byte> text, int end, ref int at)
    {
        int i = end;
        bool sign = false;
        for (; i < text.Length && i - end < 40; i++)
        {
            if (text[i] is (byte)'=' or (byte)':' && !sign)
            {
                sign = true;
            }
            else if (sign && text[i] is (byte)'"' or (byte)'\'')
            {
                break;
            }
            else if (!TokenCharacters.IsSpace(text[i]) && text[i] is not ((byte)'"' or (byte)'\'' or (byte)'\\' or (byte)'@' or (byte)'$'))
            {
                return false;
            }
        }

        if (!sign || i >= text.Length || text[i] is not ((byte)'"' or (byte)'\''))
        {
            return false;
        }

        byte quote = text[i];
        bool escaped = text[i - 1] == (byte)'\\';
        at = i + 1;
        int close = at;
        while (close < text.Length && close - at < LongestSecret && !(text[close] == quote && (text[close - 1] == (byte)'\\') == escaped))
        {
            if (TokenCharacters.IsLineEnd(text[close]))
            {
                return false;
            }

            close++;
        }

        return IsSecret(text.Slice(at, close - at));
    }

    /// <summary>Whether a value for Secrets Manager is a secret: text, or an object with a member that is one.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> value)
    {
        int open = 0;
        while (open < value.Length && (TokenCharacters.IsSpace(value[open]) || value[open] == (byte)'\\'))
        {
            open++;
        }

        if (open == value.Length)
        {
            return false;
        }

        if (value[open] != (byte)'{')
        {
            return value.Length >= Shortest && value.IndexOf((byte)' ') < 0 && value.IndexOf("://"u8) < 0 && !value.StartsWith("arn:"u8)
                && PasswordValue.IsWritten(value);
        }

        for (int i = open + 1; i < value.Length; i++)
        {
            if (SecretName(value, i) is > 0 and var name && SettingValue.TryRead(value, i, i + name, isOfPair: false, out int at, out int length)
                && length >= 4 && PasswordValue.IsWritten(value.Slice(at, length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A member of such an object that is one of its secrets: <c>password</c>, <c>apiSecret</c>, <c>private_key</c>, <c>token</c>.</summary>
    private static int SecretName(ReadOnlySpan<byte> text, int at)
    {
        ReadOnlySpan<byte> rest = text.Slice(at);
        int length = DatabaseSettings.PasswordName(text, at) is > 0 and var password ? password
            : Ascii.StartsWithIgnoringCase(rest, "secret"u8) ? 6 : Ascii.StartsWithIgnoringCase(rest, "token"u8) ? 5
            : Ascii.StartsWithIgnoringCase(rest, "key"u8) ? 3 : 0;
        return length > 0 && rest.Length > length && rest[length] is (byte)'"' or (byte)'\'' or (byte)'\\' ? length : 0;
    }

    /// <summary>The argument of a command: <c>--option value</c>, <c>--option=value</c>, in quotes or not, or the next string of a list.</summary>
    public static bool HasOption(ReadOnlySpan<byte> text, int end, out int at, out int length)
    {
        at = end;
        length = 0;
        while (at < text.Length && at - end < 40 && (TokenCharacters.IsSpace(text[at]) || text[at] is (byte)'=' or (byte)','
            || (text[at] is (byte)'"' or (byte)'\'' && at + 1 < text.Length && text[at + 1] is (byte)',' or (byte)' ')))
        {
            at++;
        }

        if (at == end || at >= text.Length)
        {
            return false;
        }

        if (text[at] is (byte)'"' or (byte)'\'')
        {
            byte quote = text[at++];
            int close = at;
            while (close < text.Length && close - at < LongestSecret && (text[close] != quote || text[close - 1] == (byte)'\\'))
            {
                close++;
            }

            length = close - at;
        }
        else
        {
            length = text.Slice(at).IndexOfAny(" \t\r\n\"'`\\;)"u8);
            length = length < 0 ? text.Length - at : length;
        }

        ReadOnlySpan<byte> value = text.Slice(at, length);
        return length > 0 && !value.StartsWith("file"u8) && !value.StartsWith("-"u8);
    }

    private static bool NamesDatabase(string key) =>
        key.IndexOf("docdb", StringComparison.Ordinal) >= 0 || key.IndexOf("documentdb", StringComparison.Ordinal) >= 0
            || key.IndexOf("redshift", StringComparison.Ordinal) >= 0
        || key.IndexOf("aurora", StringComparison.Ordinal) >= 0 || key.IndexOf("elasticache", StringComparison.Ordinal) >= 0;

    /// <summary>Whether the name is that of a password of a directory, or to bind to one.</summary>
    public static bool NamesDirectory(string key) => key.IndexOf("ldap", StringComparison.Ordinal) >= 0
        || key.EndsWith("bindpassword", StringComparison.Ordinal);

    /// <summary>The first password of a user of IAM, which AWS can ask to be changed.</summary>
    private static bool IsOfLogin(ReadOnlySpan<byte> text, int start, int end)
    {
        (int from, int to) = NamedPair.Around(text, start, end);
        ReadOnlySpan<byte> around = text.Slice(from, to - from);
        return around.IndexOf("asswordResetRequired"u8) >= 0 || around.IndexOf("assword-reset-required"u8) >= 0 || around.IndexOf("LoginProfile"u8) >= 0
            || around.IndexOf("set-user-password"u8) >= 0
            || text.Slice(Math.Max(0, from - 40), from - Math.Max(0, from - 40)).IndexOf("LoginProfile"u8) >= 0;
    }

    private static bool HasUserBeside(ReadOnlySpan<byte> text, int start, int end)
    {
        int from = Math.Max(0, start - ReachOfSettings), to = Math.Min(text.Length, end + ReachOfSettings);
        return Ascii.IndexOfIgnoringCase(text.Slice(from, start - from), "user"u8) >= 0 || Ascii.IndexOfIgnoringCase(text.Slice(end, to - end), "user"u8) >= 0;
    }
}
