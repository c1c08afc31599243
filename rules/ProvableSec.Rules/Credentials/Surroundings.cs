namespace ProvableSec.Rules.Credentials;

/// <summary>What stands around a place in a text. Returns are not counted, so that the answers are the same for LF and CRLF.</summary>
internal static class Surroundings
{
    private const int Reach = 160;

    /// <summary>Words that say that a secret access key follows, without case, spaces and punctuation.</summary>
    private static readonly string[] SecretLabels = ["awscredentials", "secretaccesskey", "awssecret", "secretkey", "s3secret", "amazonsecret"];

    private static readonly string[] TokenLabels = ["sessiontoken", "amzsecuritytoken", "awssecuritytoken"];

    /// <summary>Words that say that what follows is random to look at and no secret.</summary>
    private static readonly string[] HarmlessLabels =
        ["sha", "integrity", "hash", "digest", "checksum", "public", "fingerprint", "signature", "thumbprint", "sshrsa", "sshed", "etag", "certificate", "base64", "data", "nonce"];

    /// <summary>Whether this line or the one before says that a secret access key stands here.</summary>
    public static bool IsLabelledSecret(ReadOnlySpan<byte> text, int start) => HasLabelBefore(text, start, SecretLabels, 1);

    /// <summary>Whether this line or the one before says that a session token stands here.</summary>
    public static bool IsLabelledToken(ReadOnlySpan<byte> text, int start) => HasLabelBefore(text, start, TokenLabels, 1);

    /// <summary>Whether this line says that here is a hash or something public.</summary>
    public static bool IsLabelledHarmless(ReadOnlySpan<byte> text, int start) => HasLabelBefore(text, start, HarmlessLabels, 0);

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

    private static bool HasLabelBefore(ReadOnlySpan<byte> text, int start, string[] labels, int linesBefore)
    {
        // Backwards, so that the label is read backwards too; letters and digits only.
        Span<char> letters = stackalloc char[Reach];
        int count = letters.Length;
        for (int i = start - 1; i >= 0 && count > 0; i--)
        {
            byte value = text[i];
            if (value == (byte)'\n')
            {
                // The line before names this one's value only if nothing else does: "- name: X", "  value: …".
                ReadOnlySpan<char> here = letters.Slice(count);
                if (linesBefore-- == 0 || !(here.IsEmpty || here.EndsWith("value".AsSpan(), StringComparison.Ordinal)))
                {
                    break;
                }
            }

            if (TokenCharacters.ClassOf(value) is 1 or 2 or 3)
            {
                letters[--count] = (char)TokenCharacters.Lowered(value);
            }
        }

        ReadOnlySpan<char> before = letters.Slice(count);
        foreach (string label in labels)
        {
            if (before.IndexOf(label.AsSpan(), StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
