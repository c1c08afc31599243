using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace ProvableSec.Logs.Rules;

/// <summary>Addresses in the forms that AWS WAF writes: four decimal numbers, or IPv6 without a zone (RFC 4291, 2.2; RFC 5952).</summary>
internal static class AddressText
{
    private const int Groups = 8, LongestText = 45;

    public static bool TryParse(ReadOnlySpan<byte> text, out bool isV6, out UInt128 value)
    {
        isV6 = text.Contains((byte)':');
        if (isV6)
        {
            return TryParseV6(text, out value);
        }

        bool parsed = TryParseV4(text, out uint v4);
        value = v4;
        return parsed;
    }

    /// <summary>Writes an address; the longest run of two zero groups or more of IPv6 as a double colon.</summary>
    /// <returns>How many bytes it has; the target must have room for 45.</returns>
    public static int Format(bool isV6, UInt128 address, Span<byte> target)
    {
        int length = 0;
        if (!isV6)
        {
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                AppendOctet((uint)(address >> shift) & 0xFF, target, ref length);
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

    private static void AppendOctet(uint octet, Span<byte> target, ref int length)
    {
        if (octet >= 100)
        {
            target[length++] = (byte)('0' + octet / 100);
        }

        if (octet >= 10)
        {
            target[length++] = (byte)('0' + octet / 10 % 10);
        }

        target[length++] = (byte)('0' + octet % 10);
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
        uint octet = 0;
        int digits = 0, dots = 0;
        foreach (byte b in text)
        {
            if (b == '.')
            {
                if (digits == 0)
                {
                    return false;
                }

                value = value << 8 | octet;
                (octet, digits) = (0, 0);
                dots++;
                continue;
            }

            // A leading zero is octal to some readers, so that nobody knows what it means.
            uint digit = (uint)(b - '0');
            octet = octet * 10 + digit;
            if (digit > 9 || octet > 255 || (digits > 0 && octet < 10))
            {
                return false;
            }

            digits++;
        }

        value = value << 8 | octet;
        return dots == 3 && digits > 0;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = 0;
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryParseGroups(text, mayEndInV4: true, out value, out int all) && all == Groups;
        }

        if (!TryParseGroups(text[..gap], mayEndInV4: false, out UInt128 front, out int before) || !TryParseGroups(text[(gap + 2)..], mayEndInV4: true, out UInt128 back, out int after)
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
