namespace ProvableSec.Rules.Credentials;

/// <summary>A private key in PEM form (RFC 7468), on lines of its own or in one line with <c>\n</c>. An encrypted one is no secret.</summary>
internal static class PrivateKey
{
    private static ReadOnlySpan<byte> Label => "PRIVATE KEY-----"u8;

    /// <summary>The header before the first line of the key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="body">Where the run of Base64 begins.</param>
    /// <param name="header">Where <c>-----BEGIN</c> is.</param>
    public static bool HasHeaderBefore(ReadOnlySpan<byte> text, int body, out int header)
    {
        int end = body;
        // Line ends as they are or escaped, quotes and indentation of source code between the two.
        while (end > 0 && body - end < 40 && (text[end - 1] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'"' or (byte)'\'' or (byte)'+' or (byte)'>'
            || (text[end - 1] is (byte)'n' or (byte)'r' && end > 1 && text[end - 2] == (byte)'\\')))
        {
            end--;
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
        return begin >= 0 && before.Slice(begin).IndexOf("ENCRYPTED"u8) < 0;
    }
}
