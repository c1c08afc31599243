using System.Globalization;
using System.Net;
using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Addresses inside one of some ranges (IAM User Guide, "IP address condition operators").</summary>
internal sealed class AddressSet : ValueSet
{
    private const int WorkOfRange = 4;

    private readonly List<(bool V6, UInt128Pair First, UInt128Pair Last, UInt128Pair LastAs32, bool Bare)> ranges = [];

    public AddressSet(IEnumerable<string> values)
    {
        var identity = new List<string>();
        foreach (string value in values)
        {
            if (TryParseRange(value, out bool v6, out UInt128Pair address, out int bits, out bool bare))
            {
                UInt128Pair first = address.First(v6, bits);
                int wider = v6 && bare ? 32 : bits;
                ranges.Add((v6, first, address.Last(v6, bits), address.Last(v6, wider), v6 && bare));
                if (v6 && bare)
                {
                    Sensitivity = Reading.BareIpv6Is32;
                }

                identity.Add($"{(v6 ? "6" : "4")}:{first}/{bits}{(v6 && bare ? "?" : "")}");
            }
        }

        identity.Sort(StringComparer.Ordinal);
        Identity = $"Ip({string.Join(",", identity)})";
    }

    public override string Identity { get; }

    public override ValueKind Kind => ValueKind.Address;

    /// <summary>The ranges; <c>LastAs32</c> is the last address where a bare IPv6 address is read as a /32.</summary>
    public IReadOnlyList<(bool V6, UInt128Pair First, UInt128Pair Last, UInt128Pair LastAs32, bool Bare)> Ranges => ranges;

    public override Reading Sensitivity { get; }

    public override bool Contains(string value, Reading readings, Budget? budget = null)
    {
        if (!TryParseAddress(value, out bool v6, out UInt128Pair address))
        {
            return false;
        }

        budget?.SpendWork(WorkOfRange * ranges.Count);
        foreach ((bool rangeV6, UInt128Pair first, UInt128Pair last, UInt128Pair lastAs32, bool bare) in ranges)
        {
            bool wide = bare && (readings & Reading.BareIpv6Is32) != 0;
            UInt128Pair from = wide ? first.First(true, 32) : first;
            UInt128Pair to = wide ? lastAs32 : last;
            if (rangeV6 == v6 && from.CompareTo(address) <= 0 && address.CompareTo(to) <= 0)
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<string> Candidates(Reading readings)
    {
        // Between two neighbouring beginnings or ends of ranges all addresses are alike.
        yield return "198.51.100.7";
        yield return "2001:db8::7";
        foreach ((bool v6, UInt128Pair first, UInt128Pair last, UInt128Pair lastAs32, bool bare) in ranges)
        {
            UInt128Pair second = first.Next();
            yield return Render(v6, second.CompareTo(last) <= 0 ? second : first);
            yield return Render(v6, first);
            yield return Render(v6, last);
            yield return Render(v6, last.Next());
            if (bare)
            {
                yield return Render(v6, first.First(true, 32));
                yield return Render(v6, lastAs32.Next());
            }
        }

        yield return "0.0.0.0";
        yield return "::";
    }

    public static bool TryParseAddress(string text, out bool v6, out UInt128Pair address)
    {
        v6 = text.IndexOf(':') >= 0;
        address = default;
        return v6 ? TryParseGroups(text, out address) : TryParseOctets(text, out address);
    }

    /// <summary>Up to eight groups of up to four hexadecimal digits, "::" once for the zeros, the last two perhaps as an IPv4 address.</summary>
    private static bool TryParseGroups(string text, out UInt128Pair address)
    {
        address = default;
        int gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap >= 0 && text.IndexOf("::", gap + 1, StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        var front = new List<ushort>();
        var back = new List<ushort>();
        if (!TryParseGroups(gap < 0 ? text : text.Substring(0, gap), gap < 0, front) || (gap >= 0 && !TryParseGroups(text.Substring(gap + 2), true, back)))
        {
            return false;
        }

        int zeros = 8 - front.Count - back.Count;
        if (gap < 0 ? zeros != 0 : zeros < 1)
        {
            return false;
        }

        ulong high = 0, low = 0;
        for (int i = 0; i < 8; i++)
        {
            ushort group = i < front.Count ? front[i] : i < 8 - back.Count ? (ushort)0 : back[i - (8 - back.Count)];
            high = i < 4 ? (high << 16) | group : high;
            low = i >= 4 ? (low << 16) | group : low;
        }

        address = new UInt128Pair(high, low);
        return true;
    }

    private static bool TryParseGroups(string text, bool last, List<ushort> groups)
    {
        if (text.Length == 0)
        {
            return true;
        }

        string[] parts = text.Split(':');
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i];
            if (last && i == parts.Length - 1 && part.IndexOf('.') >= 0)
            {
                if (!TryParseOctets(part, out UInt128Pair v4))
                {
                    return false;
                }

                groups.Add((ushort)(v4.Low >> 16));
                groups.Add((ushort)v4.Low);
            }
            else if (part.Length is >= 1 and <= 4 && ushort.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort group))
            {
                groups.Add(group);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Four decimal numbers without leading zeros, which would be octal to some readers.</summary>
    private static bool TryParseOctets(string text, out UInt128Pair address)
    {
        address = default;
        ulong value = 0;
        string[] octets = text.Split('.');
        if (octets.Length != 4)
        {
            return false;
        }

        foreach (string octet in octets)
        {
            if (octet.Length is 0 or > 3 || (octet.Length > 1 && octet[0] == '0')
                || !byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out byte part))
            {
                return false;
            }

            value = (value << 8) | part;
        }

        address = new UInt128Pair(0, value);
        return true;
    }

    private static bool TryParseRange(string text, out bool v6, out UInt128Pair address, out int bits, out bool bare)
    {
        int slash = text.IndexOf('/');
        bare = slash < 0;
        bits = 0;
        if (!TryParseAddress(bare ? text : text.Substring(0, slash), out v6, out address))
        {
            return false;
        }

        int most = v6 ? 128 : 32;
        if (bare)
        {
            bits = most;
            return true;
        }

        string prefix = text.Substring(slash + 1);
        return prefix.Length <= 3 && int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= most;
    }

    public static bool IsRange(string text) => TryParseRange(text, out _, out _, out _, out _);

    private static string Render(bool v6, UInt128Pair address)
    {
        if (!v6)
        {
            ulong value = address.Low & 0xFFFFFFFF;
            return $"{value >> 24}.{(value >> 16) & 255}.{(value >> 8) & 255}.{value & 255}";
        }

        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++)
        {
            bytes[i] = (byte)(address.High >> (56 - (8 * i)));
            bytes[i + 8] = (byte)(address.Low >> (56 - (8 * i)));
        }

        return new IPAddress(bytes).ToString();
    }
}
