using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace ProvableSec.Logs.Rules;

/// <summary>Addresses in the forms that AWS WAF writes: four decimal numbers, or IPv6 without a zone (RFC 4291, 2.2; RFC 5952).</summary>
internal static class AddressText
{
    private const int Groups = 8, LongestText = 45;

    /// <summary>The digits of each octet, lowest byte first, and in the highest byte how many they are.</summary>
    private static readonly uint[] Octets = [.. Enumerable.Range(0, 256).Select(DigitsOf)];

    public static bool TryParse(ReadOnlySpan<byte> text, out bool isV6, out UInt128 value)
    {
        if (TryParseV4(text, out uint v4))
        {
            isV6 = false;
            value = v4;
            return true;
        }

        isV6 = text.Contains((byte)':');
        value = 0;
        return isV6 && TryParseV6(text, out value);
    }

    /// <summary>Writes an address; the longest run of two zero groups or more of IPv6 as a double colon.</summary>
    /// <returns>How many bytes it has; the target must have room for 45.</returns>
    public static int Format(bool isV6, UInt128 address, Span<byte> target)
    {
        int length = 0;
        if (!isV6)
        {
            for (uint rest = BinaryPrimitives.ReverseEndianness((uint)address), i = 0; i < 4; i++, rest >>= 8)
            {
                uint digits = Octets[rest & 0xFF];
                BinaryPrimitives.WriteUInt32LittleEndian(target[length..], digits);
                length += (int)(digits >> 24);
                target[length++] = (byte)'.';
            }

            return length - 1;
        }

        LongestZeros(address, out int zerosAt, out int zeros);
        for (int i = 0; i < Groups; i++)
        {
            if (i == zerosAt && zeros > 1)
            {
                "::"u8.CopyTo(target[length..]);
                length += 2;
                i += zeros - 1;
                continue;
            }

            if (i > 0 && target[length - 1] != ':')
            {
                target[length++] = (byte)':';
            }

            Utf8Formatter.TryFormat(Group(address, i), target[length..], out int written, new StandardFormat('x'));
            length += written;
        }

        return length;
    }

    /// <summary>An address as text.</summary>
    public static string Of(bool isV6, UInt128 address)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return System.Text.Encoding.ASCII.GetString(text[..Format(isV6, address, text)]);
    }

    private static uint DigitsOf(int octet)
    {
        byte[] digits = System.Text.Encoding.ASCII.GetBytes(octet.ToString(CultureInfo.InvariantCulture));
        uint value = (uint)digits.Length << 24;
        for (int i = 0; i < digits.Length; i++)
        {
            value |= (uint)digits[i] << (8 * i);
        }

        return value;
    }

    private static ushort Group(UInt128 address, int index) => (ushort)(address >> (16 * (Groups - 1 - index)));

    private static void LongestZeros(UInt128 address, out int at, out int count)
    {
        at = -1;
        count = 0;
        for (int i = 0; i < Groups; i++)
        {
            int end = i;
            while (end < Groups && Group(address, end) == 0)
            {
                end++;
            }

            if (end - i > count)
            {
                at = i;
                count = end - i;
            }
        }
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        if (text.Length is < 7 or > 15)
        {
            return false;
        }

        // Few branches: where the points are differs from address to address.
        ulong front, back = 0;
        if (text.Length >= 8)
        {
            front = BinaryPrimitives.ReadUInt64LittleEndian(text);
            back = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]) >> (8 * (15 - text.Length)) >> 8;
        }
        else
        {
            front = BinaryPrimitives.ReadUInt32LittleEndian(text) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]) << (8 * (text.Length - 4));
        }

        Vector128<byte> bytes = Vector128.Create(front, back).AsByte();
        uint points = Vector128.Equals(bytes, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        uint digits = Vector128.LessThan(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits();
        if ((points | digits) + 1 != 1U << text.Length || BitOperations.PopCount(points) != 3)
        {
            return false;
        }

        // One after the last octet, as after the others.
        points |= 1U << text.Length;
        bool wrong = false;
        for (int i = 0, start = 0; i < 4; i++)
        {
            int end = BitOperations.TrailingZeroCount(points), length = end - start;
            points &= points - 1;

            // The digits in the highest bytes; zeros stand before them.
            ulong here = start < 8 ? front : back, behind = start < 8 ? back : 0;
            int shift = 8 * (start & 7);
            uint octet = ((uint)((here >> shift) | (behind << 1 << (63 - shift))) - 0x3030_3030) << (8 * (4 - length));
            octet = (octet >> 24) + (10 * (octet >> 16 & 0xFF)) + (100 * (octet >> 8 & 0xFF));

            // A leading zero is octal to some readers, so that nobody knows what it means.
            wrong |= (uint)(length - 1) > 2 | octet > 255 | octet < (uint)(0x00_0A_64_00 >> (8 * (4 - length)) & 0xFF);
            value = value << 8 | octet;
            start = end + 1;
        }

        return !wrong;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = 0;
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryParseGroups(text, mayEndInV4: true, out value, out int all) && all == Groups;
        }

        if (!TryParseGroups(text[..gap], mayEndInV4: false, out UInt128 front, out int before)
            || !TryParseGroups(text[(gap + 2)..], mayEndInV4: true, out UInt128 back, out int after)
            || before + after >= Groups)
        {
            return false;
        }

        value = (before == 0 ? 0 : front << (16 * (Groups - before))) | back;
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, bool mayEndInV4, out UInt128 value, out int count)
    {
        value = 0;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (Range part in text.Split((byte)':'))
        {
            ReadOnlySpan<byte> group = text[part];
            if (mayEndInV4 && part.End.Value == text.Length && group.Contains((byte)'.') && TryParseV4(group, out uint v4))
            {
                value = value << 32 | v4;
                count += 2;
            }
            else if (group.Length is >= 1 and <= 4 && ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort number))
            {
                value = value << 16 | number;
                count++;
            }
            else
            {
                return false;
            }
        }

        return count <= Groups;
    }
}
