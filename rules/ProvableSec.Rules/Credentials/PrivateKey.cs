namespace ProvableSec.Rules.Credentials;

/// <summary>
/// A private key in PEM form (RFC 7468), on lines of its own, in one line with <c>\n</c> or as literals of code; as PuTTY or .NET write one. An encrypted one
/// is not a secret.
/// </summary>
internal static class PrivateKey
{
    /// <summary>What an unencrypted and any key of OpenSSH begin with: the name of the format, and of the cipher.</summary>
    private static ReadOnlySpan<byte> OpenSsh => "b3BlbnNzaC1rZXktdjEA"u8;

    private static ReadOnlySpan<byte> OpenSshWithoutCipher => "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU"u8;

    private static ReadOnlySpan<byte> Label => "PRIVATE KEY-----"u8;

    /// <summary>What stands for a line end in code.</summary>
    private static readonly string[] LineEndWords = ["environment", "newline", "system", "lineseparator", "os", "eol", "vbcrlf", "vblf", "appendline", "append",
        "n", "r"];

    /// <summary>Whether a run is the first line of a private key that is not encrypted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="body">Where the run of Base64 begins.</param>
    /// <param name="header">Where the key begins.</param>
    public static bool IsBody(ReadOnlySpan<byte> text, int body, out int header) => HasHeaderBefore(text, body, out header) || IsPutty(text, body, out header)
        || IsXml(text, body, out header);

    private static bool HasHeaderBefore(ReadOnlySpan<byte> text, int body, out int header)
    {
        const int MostBetween = 100, LongestWord = 16;
        int end = body;
        // Line ends as they are or escaped, quotes and indentation of source code between the two.
        while (end > 0 && body - end < MostBetween && text[end - 1] != (byte)'-')
        {
            if (TokenCharacters.IsWord(text[end - 1]))
            {
                int word = end;
                while (end > 0 && word - end <= LongestWord && TokenCharacters.IsWord(text[end - 1]))
                {
                    end--;
                }

                if (Array.IndexOf(LineEndWords, Ascii.Text(text.Slice(end, word - end)).ToLowerInvariant()) < 0)
                {
                    break;
                }
            }
            else if (TokenCharacters.IsSpace(text[end - 1]) || TokenCharacters.IsLineEnd(text[end - 1])
                || text[end - 1] is (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)'+' or (byte)'>' or (byte)',' or (byte)'.' or (byte)'(' or (byte)')'
                or (byte)';' or (byte)'&' or (byte)'$' or (byte)'@')
            {
                end--;
            }
            else
            {
                break;
            }
        }

        header = 0;
        if (end < Label.Length || !text.Slice(end - Label.Length, Label.Length).SequenceEqual(Label))
        {
            return false;
        }

        const int LongestHeader = 64;
        int from = Math.Max(0, end - LongestHeader);
        ReadOnlySpan<byte> before = text.Slice(from, end - from);
        int begin = before.LastIndexOf("-----BEGIN "u8);
        header = from + begin;
        return begin >= 0 && before.Slice(begin).IndexOf("ENCRYPTED"u8) < 0
            && (!text.Slice(body).StartsWith(OpenSsh) || text.Slice(body).StartsWith(OpenSshWithoutCipher));
    }

    /// <summary>The first line behind <c>Private-Lines</c> in a file of PuTTY that says <c>Encryption: none</c>.</summary>
    private static bool IsPutty(ReadOnlySpan<byte> text, int body, out int header)
    {
        const int Reach = 4096;
        header = 0;
        int end = body;
        while (end > 0 && body - end < 20 && text[end - 1] is (byte)'\n' or (byte)'\r' or (byte)'\\' or (byte)'n' or (byte)'r' or (byte)' '
            or (>= (byte)'0' and <= (byte)'9'))
        {
            end--;
        }

        if (end == body || !text.Slice(0, end).EndsWith("Private-Lines:"u8))
        {
            return false;
        }

        int from = Math.Max(0, end - Reach);
        ReadOnlySpan<byte> before = text.Slice(from, end - from);
        header = from + before.LastIndexOf("PuTTY-User-Key-File-"u8);
        return header >= from && before.LastIndexOf("Encryption: none"u8) >= header - from;
    }

    /// <summary><c>&lt;D&gt;</c> of an <c>RSAKeyValue</c>, which only the private half has.</summary>
    private static bool IsXml(ReadOnlySpan<byte> text, int body, out int header)
    {
        const int Reach = 8192;
        header = 0;
        int end = body;
        while (end > 0 && body - end < 80 && (TokenCharacters.IsSpace(text[end - 1]) || TokenCharacters.IsLineEnd(text[end - 1])))
        {
            end--;
        }

        if (!text.Slice(0, end).EndsWith("<D>"u8) && !text.Slice(0, end).EndsWith("&lt;D&gt;"u8))
        {
            return false;
        }

        int from = Math.Max(0, end - Reach);
        int name = text.Slice(from, end - from).LastIndexOf("RSAKeyValue"u8);
        header = from + Math.Max(0, name);
        return name >= 0;
    }
}
