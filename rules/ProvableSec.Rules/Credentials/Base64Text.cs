using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>Text that is wrapped in Base64: Secrets of Kubernetes, user data, kubeconfig. What decodes to no text is left alone after a few
/// characters.</summary>
internal static class Base64Text
{
    /// <summary>The Base64 of an access key ID is 27 characters long; nothing shorter is of interest.</summary>
    private const int Shortest = 24;

    private const int ProbeCharacters = 16, ShortestFullLine = 48;

    /// <summary>Decodes what begins with a run of token characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The first character of the run.</param>
    /// <param name="end">The place behind it; behind its last line where it goes on over several.</param>
    /// <param name="outer">The map of the text.</param>
    /// <param name="decoded">UTF-8.</param>
    /// <param name="map">Where that stands.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, int start, ref int end, PositionMap? outer, out byte[] decoded, out PositionMap? map)
    {
        decoded = [];
        map = null;
        if (end - start < Shortest || !IsText(text.Slice(start, ProbeCharacters), out bool wide))
        {
            return false;
        }

        var bytes = new List<byte>((end - start) * 3 / 4);
        map = new PositionMap(outer);
        int group = 0, bits = 0;
        for (int from = start; ;)
        {
            map.Add(bytes.Count, from);
            foreach (byte value in text.Slice(from, end - from))
            {
                group = (group << 6) | Digit(value);
                bits += 6;
                if (bits >= 8)
                {
                    bits -= 8;
                    bytes.Add((byte)(group >> bits));
                }
            }

            if (end - from < ShortestFullLine || NextLine(text, end) is not { } next)
            {
                break;
            }

            (from, end) = next;
        }

        map.Add(bytes.Count + 1, end + 1);
        decoded = wide ? Narrowed(bytes, ref map, outer, start, end) : [.. bytes];
        return true;
    }

    /// <summary>Whether the first characters decode to text in UTF-8 or UTF-16.</summary>
    private static bool IsText(ReadOnlySpan<byte> characters, out bool wide)
    {
        bool narrow = true;
        wide = true;
        int group = 0, bits = 0, at = 0;
        foreach (byte value in characters)
        {
            group = (group << 6) | Digit(value);
            bits += 6;
            if (bits < 8)
            {
                continue;
            }

            bits -= 8;
            byte character = (byte)(group >> bits);
            bool printable = character is >= 0x20 and < 0x7F or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0x1B;
            narrow &= printable;
            wide &= at % 2 == 0 ? printable : character == 0;
            at++;
            if (!narrow && !wide)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The run in the next line, if nothing but blanks stands before it.</summary>
    private static (int Start, int End)? NextLine(ReadOnlySpan<byte> text, int at)
    {
        bool line = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\' && at + 1 < text.Length && text[at + 1] is (byte)'n' or (byte)'r')
            {
                line = true;
                at++;
            }
            else if (TokenCharacters.IsLineEnd(text[at]))
            {
                line = true;
            }
            else if (!TokenCharacters.IsSpace(text[at]))
            {
                break;
            }
        }

        int end = at;
        while (end < text.Length && TokenCharacters.IsToken(text[end]))
        {
            end++;
        }

        // "key: value" is the next entry, not the next line of this one.
        return line && end > at && (end == text.Length || text[end] is (byte)'=' or (byte)'"' or (byte)'\'' or (byte)'\\'
            || TokenCharacters.IsLineEnd(text[end])) ? (at, end) : null;
    }

    private static byte[] Narrowed(List<byte> wide, ref PositionMap map, PositionMap? outer, int start, int end)
    {
        byte[] narrow = Encoding.UTF8.GetBytes(Encoding.Unicode.GetString([.. wide]));
        map = new PositionMap(outer);
        map.Add(0, start);
        map.Add(narrow.Length + 1, end + 1);
        return narrow;
    }

    private static int Digit(byte value) => value switch
    {
        >= (byte)'A' and <= (byte)'Z' => value - 'A',
        >= (byte)'a' and <= (byte)'z' => value - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => value - '0' + 52,
        (byte)'+' => 62,
        _ => 63,
    };
}
