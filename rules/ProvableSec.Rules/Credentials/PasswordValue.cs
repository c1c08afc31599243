namespace ProvableSec.Rules.Credentials;

/// <summary>Tells a password from what stands for one.</summary>
internal static class PasswordValue
{
    private static readonly string[] Placeholders = ["password", "passwd", "pwd", "secret", "changeme", "example", "redacted", "placeholder", "null", "your"];

    /// <summary>
    /// Whether this is written-down text and no hole to be filled: <c>${X}</c>, <c>$X</c>, <c>{{x}}</c>, <c>{0}</c>, <c>%X%</c>, <c>#{x}</c>, <c>&lt;x&gt;</c>,
    /// <c>****</c>, <c>…</c>, <c>your-password</c>, <c>password</c>.
    /// </summary>
    public static bool IsWritten(ReadOnlySpan<byte> value)
    {
        if (value.Length == 0 || value[0] is (byte)'$' or (byte)'{' or (byte)'%' or (byte)'<' or (byte)'*' or (byte)'['
            || value.IndexOf("{{"u8) >= 0 || value.IndexOf("${"u8) >= 0 || value.IndexOf("$("u8) >= 0 || value.IndexOf("#{"u8) >= 0
            || value.IndexOf("..."u8) >= 0 || value.IndexOf("…"u8) >= 0)
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
        return Array.IndexOf(Placeholders, text) < 0 && !text.StartsWith("your", StringComparison.Ordinal) && !text.StartsWith("my-", StringComparison.Ordinal);
    }
}
