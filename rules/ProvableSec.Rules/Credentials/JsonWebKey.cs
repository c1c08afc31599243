namespace ProvableSec.Rules.Credentials;

/// <summary>A JSON Web Key (RFC 7517) with its private half: <c>d</c> of RSA and elliptic curves, <c>k</c> of a symmetric key.</summary>
internal static class JsonWebKey
{
    private const int Reach = 8192, Shortest = 22;

    /// <summary>The member that every one has.</summary>
    public static ReadOnlySpan<byte> Anchor => "kty"u8;

    /// <summary>Finds the private half.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">Where <see cref="Anchor"/> was found.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="length">How long it is.</param>
    public static bool HasPrivate(ReadOnlySpan<byte> text, int anchor, out int at, out int length)
    {
        at = length = 0;
        if (anchor == 0 || text[anchor - 1] != (byte)'"' || anchor + 3 >= text.Length || text[anchor + 3] is not ((byte)'"' or (byte)'\\')
            || !SettingValue.TryRead(text, anchor, anchor + 3, isOfPair: false, out int kind, out int kindLength))
        {
            return false;
        }

        byte member = text.Slice(kind, kindLength).SequenceEqual("oct"u8) ? (byte)'k' : (byte)'d';
        int start = anchor, end = anchor;
        while (start > 0 && anchor - start < Reach && text[start - 1] is not ((byte)'{' or (byte)'}'))
        {
            start--;
        }

        while (end < text.Length && end - anchor < Reach && text[end] is not ((byte)'{' or (byte)'}'))
        {
            end++;
        }

        for (int i = start + 1; i + 1 < end; i++)
        {
            if (text[i] == member && text[i - 1] == (byte)'"' && text[i + 1] is (byte)'"' or (byte)'\\'
                && SettingValue.TryRead(text, i, i + 1, isOfPair: false, out at, out length))
            {
                return length >= Shortest && IsBase64Url(text.Slice(at, length));
            }
        }

        return false;
    }

    private static bool IsBase64Url(ReadOnlySpan<byte> value)
    {
        foreach (byte character in value)
        {
            if (!TokenCharacters.IsToken(character) && character is not ((byte)'-' or (byte)'_' or (byte)'='))
            {
                return false;
            }
        }

        return true;
    }
}
