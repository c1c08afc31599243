namespace ProvableSec.Policy.Evaluation;

/// <summary>An address or CIDR range, IPv4 or IPv6. Bits behind the prefix are ignored.</summary>
internal readonly struct IpRange
{
    private readonly ulong high;
    private readonly ulong low;
    private readonly int prefix;

    private IpRange(bool isV6, ulong high, ulong low, int prefix, bool isBare)
    {
        IsV6 = isV6;
        this.high = high;
        this.low = low;
        this.prefix = prefix;
        IsBare = isBare;
    }

    public bool IsV6 { get; }

    /// <summary>True for a single address without a prefix.</summary>
    public bool IsBare { get; }

    /// <summary>Whether an address lies in the first bits of this one; <paramref name="bits"/> -1 takes the range's own prefix.</summary>
    public bool Contains(IpRange address, int bits = -1)
    {
        bits = bits < 0 ? prefix : bits;
        return IsV6 == address.IsV6
            && ((high ^ address.high) & Mask(Math.Min(bits, 64))) == 0
            && ((low ^ address.low) & Mask(Math.Max(bits - 64, 0))) == 0;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out IpRange range)
    {
        range = default;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> address = slash < 0 ? text : text.Slice(0, slash);
        ulong high = 0, low = 0;
        bool isV6 = address.IndexOf(':') >= 0;
        if (isV6)
        {
            if (!TryV6(address, out high, out low))
            {
                return false;
            }
        }
        else if (TryV4(address, out uint v4))
        {
            high = (ulong)v4 << 32;
        }
        else
        {
            return false;
        }

        int bits = isV6 ? 128 : 32;
        if (slash >= 0 && (!TryNumber(text.Slice(slash + 1), 3, out int written) || written > bits || (bits = written) < 0))
        {
            return false;
        }

        range = new IpRange(isV6, high, low, bits, slash < 0);
        return true;
    }

    private static ulong Mask(int bits) => bits == 0 ? 0 : ulong.MaxValue << (64 - bits);

    private static bool TryV4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (int octet = 0; octet < 4; octet++)
        {
            int dot = octet == 3 ? text.Length : text.IndexOf('.');

            // A leading zero means octal to some readers: refused, not guessed.
            if (dot < 0 || !TryNumber(text.Slice(0, dot), 3, out int number) || number > 255 || (dot > 1 && text[0] == '0'))
            {
                return false;
            }

            address = (address << 8) | (uint)number;
            text = octet == 3 ? default : text.Slice(dot + 1);
        }

        return true;
    }

    private static bool TryV6(ReadOnlySpan<char> text, out ulong high, out ulong low)
    {
        high = 0;
        low = 0;
        ulong tailHigh = 0, tailLow = 0;
        int groups = 0, tail = -1;
        if (text.StartsWith("::".AsSpan()))
        {
            tail = 0;
            text = text.Slice(2);
        }

        while (!text.IsEmpty)
        {
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text.Slice(0, colon);
            if (colon < 0 && group.IndexOf('.') >= 0)
            {
                if (!TryV4(group, out uint v4) || !Add(v4 >> 16) || !Add(v4 & 0xFFFF))
                {
                    return false;
                }
            }
            else if (!TryHex(group, out uint number) || !Add(number))
            {
                return false;
            }

            text = colon < 0 ? default : text.Slice(colon + 1);
            if (colon >= 0 && text.IsEmpty)
            {
                // A single colon at the end.
                return false;
            }

            if (colon >= 0 && text[0] == ':')
            {
                if (tail >= 0)
                {
                    return false;
                }

                tail = groups;
                text = text.Slice(1);
            }
        }

        if (tail < 0)
        {
            high = tailHigh;
            low = tailLow;
            return groups == 8;
        }

        if (groups > 7)
        {
            return false;
        }

        // What stands before "::" moves to the front, the rest stays at the end.
        int behind = groups - tail;
        ulong frontHigh = tailHigh, frontLow = tailLow;
        ShiftRight(ref frontHigh, ref frontLow, behind * 16);
        ShiftLeft(ref frontHigh, ref frontLow, (8 - tail) * 16);
        high = frontHigh | (tailHigh & BehindHigh(behind));
        low = frontLow | (tailLow & BehindLow(behind));
        return true;

        bool Add(uint group)
        {
            if (groups == 8)
            {
                return false;
            }

            groups++;
            ShiftLeft(ref tailHigh, ref tailLow, 16);
            tailLow |= group;
            return true;
        }
    }

    private static ulong BehindLow(int groups) => groups >= 4 ? ulong.MaxValue : (1UL << (groups * 16)) - 1;

    private static ulong BehindHigh(int groups) => groups <= 4 ? 0 : (1UL << ((groups - 4) * 16)) - 1;

    private static void ShiftLeft(ref ulong high, ref ulong low, int bits)
    {
        for (; bits >= 16; bits -= 16)
        {
            high = (high << 16) | (low >> 48);
            low <<= 16;
        }
    }

    private static void ShiftRight(ref ulong high, ref ulong low, int bits)
    {
        for (; bits >= 16; bits -= 16)
        {
            low = (low >> 16) | (high << 48);
            high >>= 16;
        }
    }

    private static bool TryHex(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        if (text.Length is 0 or > 4)
        {
            return false;
        }

        foreach (char c in text)
        {
            int digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                >= 'A' and <= 'F' => c - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            number = (number << 4) | (uint)digit;
        }

        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int maxDigits, out int number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > maxDigits)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
