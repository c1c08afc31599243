using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>Bytes that are letters, as text, and the other way round.</summary>
internal static class Ascii
{
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            text.Append((char)value);
        }

        return text.ToString();
    }

    /// <summary>Whether the text starts with these lower-case letters, whatever case it has.</summary>
    public static bool StartsWithIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length < lower.Length)
        {
            return false;
        }

        for (int i = 0; i < lower.Length; i++)
        {
            if (TokenCharacters.Lowered(text[i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where these lower-case letters are first, whatever case they have there; -1 for nowhere.</summary>
    public static int IndexOfIgnoringCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i + lower.Length <= text.Length; i++)
        {
            if (StartsWithIgnoringCase(text.Slice(i), lower))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a text holds some letters.</summary>
    public static bool Contains(ReadOnlySpan<byte> text, string letters)
    {
        Span<byte> bytes = stackalloc byte[letters.Length];
        for (int i = 0; i < letters.Length; i++)
        {
            bytes[i] = (byte)letters[i];
        }

        return text.IndexOf(bytes) >= 0;
    }
}
