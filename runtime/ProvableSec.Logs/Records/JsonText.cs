using System.Text;

namespace ProvableSec.Logs.Records;

/// <summary>The inside of JSON strings, as bytes of UTF-8.</summary>
internal static class JsonText
{
    /// <summary>How many bytes the escape at the beginning has; 0 when it is none of JSON's.</summary>
    public static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(text[1]) ? 2 : 0;
        }

        return text.Length >= 6 && IsHex(text[2]) && IsHex(text[3]) && IsHex(text[4]) && IsHex(text[5]) ? 6 : 0;
    }

    /// <summary>What the inside of a valid string says. An unpaired surrogate reads as U+FFFD.</summary>
    /// <param name="raw">The bytes between the quotes.</param>
    /// <param name="buffer">Room for it, made larger when too small.</param>
    /// <returns>The text itself when nothing in it is escaped, else a part of the buffer.</returns>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> raw, ref byte[] buffer)
    {
        int escape = raw.IndexOf((byte)'\\');
        if (escape < 0)
        {
            return raw;
        }

        // Nothing grows by decoding: six bytes of an escape make three at most.
        if (buffer.Length < raw.Length)
        {
            buffer = new byte[raw.Length];
        }

        int length = 0;
        while (escape >= 0)
        {
            raw[..escape].CopyTo(buffer.AsSpan(length));
            length += escape;
            raw = raw[escape..];
            raw = raw[DecodeOne(raw, buffer, ref length)..];
            escape = raw.IndexOf((byte)'\\');
        }

        raw.CopyTo(buffer.AsSpan(length));
        return buffer.AsSpan(0, length + raw.Length);
    }

    private static int DecodeOne(ReadOnlySpan<byte> raw, byte[] buffer, ref int length)
    {
        if (raw[1] != 'u')
        {
            buffer[length++] = raw[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte same => same,
            };
            return 2;
        }

        var high = (char)Unit(raw);
        if (Rune.TryCreate(high, out Rune rune))
        {
            length += rune.EncodeToUtf8(buffer.AsSpan(length));
            return 6;
        }

        if (raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' && Rune.TryCreate(high, (char)Unit(raw[6..]), out rune))
        {
            length += rune.EncodeToUtf8(buffer.AsSpan(length));
            return 12;
        }

        length += Rune.ReplacementChar.EncodeToUtf8(buffer.AsSpan(length));
        return 6;
    }

    /// <summary>The UTF-16 unit of an escape with four digits.</summary>
    public static int Unit(ReadOnlySpan<byte> escape)
    {
        int unit = 0;
        foreach (byte digit in escape.Slice(2, 4))
        {
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }

    private static bool IsHex(byte b) => char.IsAsciiHexDigit((char)b);
}
