using System.Globalization;
using System.Text;

namespace ProvableSec.Logs.Rules;

/// <summary>The IPv4 or IPv6 addresses that begin with the same bits. Immutable.</summary>
/// <param name="IsV6">True for IPv6.</param>
/// <param name="First">The lowest address as a number.</param>
/// <param name="PrefixLength">How many bits they share.</param>
public readonly record struct AddressRange(bool IsV6, UInt128 First, int PrefixLength)
{
    /// <summary>The highest address as a number.</summary>
    public UInt128 Last => First | (~Mask(IsV6, PrefixLength) & (IsV6 ? UInt128.MaxValue : uint.MaxValue));

    /// <summary>Reads <c>address/length</c>, or an address that is a range by itself.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!AddressText.TryParse(Encoding.UTF8.GetBytes(slash < 0 ? text : text[..slash]), out bool v6, out UInt128 address))
        {
            return false;
        }

        int most = v6 ? 128 : 32, length = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
        {
            return false;
        }

        range = new AddressRange(v6, address & Mask(v6, length), length);
        return true;
    }

    /// <summary>Whether an address is one of them.</summary>
    public bool Contains(bool isV6, UInt128 address) => isV6 == IsV6 && (address & Mask(isV6, PrefixLength)) == First;

    /// <inheritdoc/>
    public override string ToString() => $"{AddressText.Of(IsV6, First)}/{PrefixLength}";

    /// <summary>Ones where a prefix has its bits.</summary>
    internal static UInt128 Mask(bool isV6, int prefixLength)
    {
        int width = isV6 ? 128 : 32;
        UInt128 all = isV6 ? UInt128.MaxValue : uint.MaxValue;
        return prefixLength == 0 ? 0 : all << (width - prefixLength) & all;
    }
}
