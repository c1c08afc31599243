using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ProvableSec.Policy;

namespace ProvableSec.Reasoning.Values;

/// <summary>Addresses inside one of some ranges (IAM User Guide, "IP address condition operators").</summary>
internal sealed class AddressSet : ValueSet
{
    private readonly List<(bool V6, UInt128Pair First, UInt128Pair Last, UInt128Pair LastAs32)> ranges = [];

    public AddressSet(IEnumerable<string> values)
    {
        var identity = new List<string>();
        foreach (string value in values)
        {
            if (TryParseRange(value, out bool v6, out UInt128Pair address, out int bits, out bool bare))
            {
                UInt128Pair first = address.First(v6, bits);
                int wider = v6 && bare ? 32 : bits;
                ranges.Add((v6, first, address.Last(v6, bits), address.Last(v6, wider)));
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

    /// <summary>The ranges; the last member is the last address where a bare IPv6 address is read as a /32.</summary>
    public IReadOnlyList<(bool V6, UInt128Pair First, UInt128Pair Last, UInt128Pair LastAs32)> Ranges => ranges;

    public override Reading Sensitivity { get; }

    public override bool Contains(string value, Reading readings)
    {
        if (!TryParseAddress(value, out bool v6, out UInt128Pair address))
        {
            return false;
        }

        foreach ((bool rangeV6, UInt128Pair first, UInt128Pair last, UInt128Pair lastAs32) in ranges)
        {
            bool wide = (readings & Reading.BareIpv6Is32) != 0 && last != lastAs32;
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
        foreach ((bool v6, UInt128Pair first, UInt128Pair last, UInt128Pair lastAs32) in ranges)
        {
            UInt128Pair second = first.Next();
            yield return Render(v6, second.CompareTo(last) <= 0 ? second : first);
            yield return Render(v6, first);
            yield return Render(v6, last);
            yield return Render(v6, last.Next());
            if (last != lastAs32)
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
        if (v6)
        {
            if (text.IndexOfAny(['%', '[', ']', '/']) >= 0 || !IPAddress.TryParse(text, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            byte[] bytes = parsed.GetAddressBytes();
            ulong high = 0, low = 0;
            for (int i = 0; i < 8; i++)
            {
                high = (high << 8) | bytes[i];
                low = (low << 8) | bytes[i + 8];
            }

            address = new UInt128Pair(high, low);
            return true;
        }

        ulong value = 0;
        string[] octets = text.Split('.');
        if (octets.Length != 4)
        {
            return false;
        }

        foreach (string octet in octets)
        {
            if (octet.Length is 0 or > 3 || !byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out byte part))
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

        return int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= most;
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
