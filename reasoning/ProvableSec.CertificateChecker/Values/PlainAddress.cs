using System.Numerics;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>An address as a number; the two versions have nothing in common.</summary>
internal sealed record PlainAddress(bool IsV6, BigInteger Number)
{
    public int Bits => IsV6 ? 128 : 32;

    /// <summary>Reads an address: four decimal numbers without leading zeros, or eight groups of hexadecimal digits with one gap.</summary>
    public static PlainAddress? Read(string text)
    {
        if (text.IndexOf(':') < 0)
        {
            return V4(text) is { } v4 ? new PlainAddress(false, v4) : null;
        }

        int gap = text.IndexOf("::", StringComparison.Ordinal);
        string front = gap < 0 ? text : text.Substring(0, gap), back = gap < 0 ? "" : text.Substring(gap + 2);
        if (back.IndexOf("::", StringComparison.Ordinal) >= 0 || back.StartsWith(":", StringComparison.Ordinal)
            || Groups(front, gap < 0) is not { } before || Groups(back, true) is not { } after)
        {
            return null;
        }

        int missing = 8 - before.Count - after.Count;
        if (gap < 0 ? missing != 0 : missing < 1)
        {
            return null;
        }

        BigInteger number = BigInteger.Zero;
        foreach (int group in before.Concat(Enumerable.Repeat(0, missing)).Concat(after))
        {
            number = (number << 16) + group;
        }

        return new PlainAddress(true, number);
    }

    /// <summary>Reads an address with or without the length of its prefix, which is -1 without.</summary>
    public static (PlainAddress Address, int Prefix)? ReadRange(string text)
    {
        string[] halves = text.Split('/');
        if (halves.Length > 2 || Read(halves[0]) is not { } address)
        {
            return null;
        }

        if (halves.Length == 1)
        {
            return (address, -1);
        }

        return Decimal(halves[1], 3) is { } prefix && prefix <= address.Bits ? (address, prefix) : null;
    }

    /// <summary>The first address of its block of that many fixed bits.</summary>
    public BigInteger FirstOf(int prefix) => (Number >> (Bits - prefix)) << (Bits - prefix);

    /// <summary>The first address behind that block.</summary>
    public BigInteger EndOf(int prefix) => FirstOf(prefix) + (BigInteger.One << (Bits - prefix));

    /// <summary>The first address of each version, and those at which some block begins or another has just ended.</summary>
    public static IEnumerable<PlainAddress> Classes(IEnumerable<PlainAddress> edges) =>
        edges.Where(e => e.Number < (BigInteger.One << e.Bits)).Concat([new PlainAddress(false, 0), new PlainAddress(true, 0)]);

    private static BigInteger? V4(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 4)
        {
            return null;
        }

        BigInteger number = BigInteger.Zero;
        foreach (string part in parts)
        {
            if ((part.Length > 1 && part[0] == '0') || Decimal(part, 3) is not ({ } octet and <= 255))
            {
                return null;
            }

            number = (number << 8) + octet;
        }

        return number;
    }

    private static List<int>? Groups(string text, bool mayEndInV4)
    {
        var groups = new List<int>();
        string[] parts = text.Length == 0 ? [] : text.Split(':');
        for (int i = 0; i < parts.Length; i++)
        {
            if (mayEndInV4 && i == parts.Length - 1 && parts[i].IndexOf('.') >= 0)
            {
                if (V4(parts[i]) is not { } v4)
                {
                    return null;
                }

                groups.Add((int)(v4 >> 16));
                groups.Add((int)(v4 & 0xFFFF));
                continue;
            }

            int group = 0;
            foreach (char c in parts[i])
            {
                int digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(c));
                if (digit < 0)
                {
                    return null;
                }

                group = (group << 4) + digit;
            }

            if (parts[i].Length is < 1 or > 4)
            {
                return null;
            }

            groups.Add(group);
        }

        return groups;
    }

    private static int? Decimal(string text, int most) =>
        text.Length >= 1 && text.Length <= most && text.All(c => c is >= '0' and <= '9') ? text.Aggregate(0, (n, c) => (n * 10) + (c - '0')) : null;
}
