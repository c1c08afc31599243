namespace ProvableSec.Rules.Credentials;

/// <summary>Names and comments around a value that say what it is. Returns are not counted, so that the answers are the same for LF and CRLF.</summary>
internal static class CredentialLabels
{
    private const int Reach = 160;

    /// <summary>Words that say that a secret access key follows, without case, spaces and punctuation.</summary>
    private static readonly string[] SecretLabels = ["awscredentials", "secretaccesskey", "awssecret", "secretkey", "s3secret", "amazonsecret"];

    private static readonly string[] TokenLabels = ["sessiontoken", "amzsecuritytoken", "awssecuritytoken"];

    /// <summary>Words that say that what follows is random to look at and no secret.</summary>
    private static readonly string[] HarmlessLabels =
        ["sha", "integrity", "hash", "digest", "checksum", "public", "fingerprint", "signature", "thumbprint", "sshrsa", "sshed", "etag", "certificate",
            "base64", "data", "nonce"];

    /// <summary>What the line of a value says, or else the line before, or the other members of a pair of name and value, or a comment behind it.</summary>
    public static CredentialLabel Of(ReadOnlySpan<byte> text, int start, int end)
    {
        Span<char> letters = stackalloc char[Reach];
        CredentialLabel label = In(LettersBefore(text, start, letters, linesBefore: 1));
        if (label != CredentialLabel.None)
        {
            return label;
        }

        if (NamedPair.IsValue(text, start))
        {
            (int from, int to) = NamedPair.Around(text, start, end);
            label = In(Letters(text.Slice(from, start - from), letters));
            label = label != CredentialLabel.None ? label : In(Letters(text.Slice(end, to - end), letters));
        }

        return label != CredentialLabel.None ? label : In(Letters(CommentBehind(text, end), letters));
    }

    /// <summary>Whether this line says that here is a hash or something public.</summary>
    public static bool AreHarmless(ReadOnlySpan<byte> text, int start)
    {
        Span<char> letters = stackalloc char[Reach];
        return HasOneOf(LettersBefore(text, start, letters, linesBefore: 0), HarmlessLabels);
    }

    private static CredentialLabel In(ReadOnlySpan<char> letters) =>
        HasOneOf(letters, SecretLabels) ? CredentialLabel.Secret : HasOneOf(letters, TokenLabels) ? CredentialLabel.Token : CredentialLabel.None;

    private static bool HasOneOf(ReadOnlySpan<char> letters, string[] labels)
    {
        foreach (string label in labels)
        {
            if (letters.IndexOf(label.AsSpan(), StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> LettersBefore(ReadOnlySpan<byte> text, int start, Span<char> letters, int linesBefore)
    {
        // Backwards, so that the label is read backwards too; letters and digits only.
        int count = letters.Length;
        for (int from = start; from > 0 && count > 0; from--)
        {
            byte value = text[from - 1];
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

        return letters.Slice(count);
    }

    private static ReadOnlySpan<char> Letters(ReadOnlySpan<byte> text, Span<char> letters)
    {
        int count = 0;
        foreach (byte value in text)
        {
            if (count < letters.Length && TokenCharacters.ClassOf(value) is 1 or 2 or 3)
            {
                letters[count++] = (char)TokenCharacters.Lowered(value);
            }
        }

        return letters.Slice(0, count);
    }

    /// <summary>The comment between a value and the end of its line.</summary>
    private static ReadOnlySpan<byte> CommentBehind(ReadOnlySpan<byte> text, int end)
    {
        ReadOnlySpan<byte> rest = text.Slice(end, Math.Min(Reach, text.Length - end));
        int line = rest.IndexOf((byte)'\n');
        rest = line < 0 ? rest : rest.Slice(0, line);
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'#' || rest.Slice(i).StartsWith("//"u8) || rest.Slice(i).StartsWith("/*"u8) || rest.Slice(i).StartsWith("<!--"u8))
            {
                return rest.Slice(i);
            }

            if (!TokenCharacters.IsSpace(rest[i]) && rest[i] is not ((byte)'"' or (byte)'\'' or (byte)',' or (byte)';' or (byte)')' or (byte)'<' or (byte)'>'))
            {
                break;
            }
        }

        return default;
    }
}
