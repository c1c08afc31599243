namespace ProvableSec.Rules.Credentials;

/// <summary>Tells a password from what stands for one.</summary>
internal static class PasswordValue
{
    private static readonly string[] Placeholders = ["password", "passwd", "pwd", "secret", "changeme", "example", "redacted", "placeholder", "null", "none",
        "undefined", "your"];

    /// <summary>Words that ask for something to be filled in.</summary>
    private static readonly string[] Requests =
        ["replace", "replaceme", "change", "changeme", "changeit", "insert", "enter", "fill", "put", "set", "todo", "fixme", "tbd", "placeholder", "example",
            "redacted", "masked", "hidden", "removed", "omitted", "your", "dummy"];

    /// <summary>Words that stand beside those.</summary>
    private static readonly string[] Companions =
        ["me", "it", "in", "this", "here", "with", "the", "a", "my", "your", "by", "to", "be", "value", "password", "passwd", "pwd", "pass", "secret", "token",
            "key", "db", "database", "user", "master", "admin", "real", "actual", "own", "strong", "before", "deploy", "deployment", "later"];

    /// <summary>
    /// Whether this is written-down text and no hole to be filled: <c>${X}</c>, <c>$X</c>, <c>{{x}}</c>, <c>{0}</c>, <c>%X%</c>, <c>#{x}</c>, <c>&lt;x&gt;</c>,
    /// <c>__X__</c>, <c>****</c>, <c>…</c>, <c>your-password</c>, <c>REPLACE_ME</c>, <c>password</c>; and not encrypted, as <c>ENC[…]</c> of SOPS is.
    /// </summary>
    public static bool IsWritten(ReadOnlySpan<byte> value)
    {
        if (value.Length == 0 || value[0] is (byte)'$' or (byte)'{' or (byte)'%' or (byte)'<' or (byte)'*' or (byte)'[' or (byte)'!'
            || value.IndexOf("{{"u8) >= 0 || value.IndexOf("${"u8) >= 0 || value.IndexOf("$("u8) >= 0 || value.IndexOf("#{"u8) >= 0
            || value.IndexOf("..."u8) >= 0 || value.IndexOf("…"u8) >= 0 || value.StartsWith("ENC["u8) || value.StartsWith("&lt;"u8) || IsBetween(value, "__"u8)
            || IsBetween(value, "@@"u8))
        {
            return false;
        }

        // "{name}" in the middle is an interpolation.
        int open = value.IndexOf((byte)'{');
        if (open >= 0 && value.Slice(open).IndexOf((byte)'}') > 0)
        {
            return false;
        }

        bool same = true;
        foreach (byte character in value)
        {
            same &= character == value[0];
        }

        if (same)
        {
            return false;
        }

        string text = Ascii.Text(value).ToLowerInvariant();
        return Array.IndexOf(Placeholders, text) < 0 && !text.StartsWith("your", StringComparison.Ordinal) && !text.StartsWith("my-", StringComparison.Ordinal)
            && !AsksForOne(text);
    }

    /// <summary>Words between two marks: what a deployment replaces.</summary>
    private static bool IsBetween(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mark)
    {
        if (value.Length <= 2 * mark.Length || !value.StartsWith(mark) || !value.EndsWith(mark))
        {
            return false;
        }

        foreach (byte character in value)
        {
            if (!TokenCharacters.IsWord(character) && character is not ((byte)'@' or (byte)'.' or (byte)'-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AsksForOne(string text)
    {
        bool asks = false;
        foreach (string word in text.Split('_', '-', '.', ' '))
        {
            bool isRequest = Array.IndexOf(Requests, word) >= 0;
            asks |= isRequest;
            if (!isRequest && word.Length > 0 && Array.IndexOf(Companions, word) < 0)
            {
                return false;
            }
        }

        return asks;
    }
}
