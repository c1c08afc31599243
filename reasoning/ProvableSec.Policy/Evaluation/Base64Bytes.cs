namespace ProvableSec.Policy.Evaluation;

/// <summary>Compares two base64 texts by the bytes they stand for, without decoding them into memory.</summary>
internal static class Base64Bytes
{
    /// <returns>Null when one of them is not base64.</returns>
    public static bool? Equal(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int lengthA = LengthOf(a), lengthB = LengthOf(b);
        if (lengthA < 0 || lengthB < 0)
        {
            return null;
        }

        if (lengthA != lengthB)
        {
            return false;
        }

        for (int i = 0; i < lengthA; i++)
        {
            if (ByteAt(a, i) != ByteAt(b, i))
            {
                return false;
            }
        }

        return true;
    }

    private static int LengthOf(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 != 0)
        {
            return -1;
        }

        int padding = text.Length > 0 && text[text.Length - 1] == '=' ? text[text.Length - 2] == '=' ? 2 : 1 : 0;
        for (int i = 0; i < text.Length - padding; i++)
        {
            if (ValueOf(text[i]) < 0)
            {
                return -1;
            }
        }

        return (text.Length / 4 * 3) - padding;
    }

    private static int ByteAt(ReadOnlySpan<char> text, int index)
    {
        int from = index / 3 * 4, within = index % 3;
        int first = ValueOf(text[from + within]), second = ValueOf(text[from + within + 1]);
        return within switch
        {
            0 => (first << 2) | (second >> 4),
            1 => ((first & 0xF) << 4) | (second >> 2),
            _ => ((first & 0x3) << 6) | second,
        };
    }

    private static int ValueOf(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
