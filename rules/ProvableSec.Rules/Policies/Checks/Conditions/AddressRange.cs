using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// An address or a range in CIDR form. The readers of the evaluator, the prover and the certificate checker say which addresses a range has, and are apart from
/// each other so that each can reveal a mistake of the others; this one is about the text: what IAM Access Analyzer calls malformed, bits behind the prefix,
/// ranges that nobody outside a network has.
/// </summary>
internal sealed class AddressRange
{
    private static readonly AddressRange[] PrivateRanges =
    [
        // RFC 1918, 6598, 3927, 1122, 4193, 4291.
        TryParse("10.0.0.0/8")!, TryParse("172.16.0.0/12")!, TryParse("192.168.0.0/16")!, TryParse("100.64.0.0/10")!, TryParse("169.254.0.0/16")!,
        TryParse("127.0.0.0/8")!, TryParse("fc00::/7")!, TryParse("fe80::/10")!, TryParse("::1/128")!,
    ];

    private readonly byte[] bytes;
    private readonly int prefix;

    private AddressRange(byte[] bytes, int prefix)
    {
        this.bytes = bytes;
        this.prefix = prefix;
    }

    /// <summary>True when a bit behind the prefix is set.</summary>
    public bool HasHostBits => Masked().Zip(bytes, (masked, given) => masked != given).Any(differs => differs);

    /// <summary>True when all of its addresses are private.</summary>
    public bool IsPrivate => PrivateRanges.Any(range => range.bytes.Length == bytes.Length && range.prefix <= prefix
        && range.Masked().SequenceEqual(new AddressRange(bytes, range.prefix).Masked()));

    /// <summary>Null for what is not an address or range.</summary>
    public static AddressRange? TryParse(string text)
    {
        int slash = text.IndexOf('/');
        string address = slash < 0 ? text : text.Substring(0, slash);
        // The parser also takes "1" and "1.2" for addresses, zones and brackets.
        bool looksLikeV4 = address.Count(c => c == '.') == 3 && address.All(c => c is '.' or (>= '0' and <= '9'));
        bool looksLikeV6 = address.IndexOf(':') >= 0 && address.All(c => c is ':' or '.' or (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'));
        if ((!looksLikeV4 && !looksLikeV6) || !IPAddress.TryParse(address, out IPAddress? parsed) || parsed is null)
        {
            return null;
        }

        byte[] bytes = parsed.GetAddressBytes();
        int bits = bytes.Length * 8;
        int prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
        {
            return null;
        }

        return (parsed.AddressFamily == AddressFamily.InterNetworkV6) == looksLikeV6 ? new AddressRange(bytes, prefix) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => new IPAddress(Masked()) + "/" + prefix.ToString(CultureInfo.InvariantCulture);

    private byte[] Masked()
    {
        byte[] masked = (byte[])bytes.Clone();
        for (int i = 0; i < masked.Length; i++)
        {
            int kept = Math.Max(0, Math.Min(8, prefix - (i * 8)));
            masked[i] &= (byte)(0xFF << (8 - kept));
        }

        return masked;
    }
}
