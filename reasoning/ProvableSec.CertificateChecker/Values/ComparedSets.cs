using System.Numerics;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>Numbers or moments that compare in one way with one of some bounds.</summary>
internal sealed class OrderedSet(string name, ParsedKind kind, ComparisonOrder wanted, IReadOnlyList<object> bounds) : ParsedSet(name, kind)
{
    public override IEnumerable<object> Bounds => bounds;

    public override bool Has(object? value, Reading readings) => value is not null && bounds.Any(bound =>
    {
        int order = value is PlainNumber number ? number.CompareTo((PlainNumber)bound) : ((BigInteger)value).CompareTo((BigInteger)bound);
        return wanted switch
        {
            ComparisonOrder.Equal => order == 0,
            ComparisonOrder.Less => order < 0,
            ComparisonOrder.LessOrEqual => order <= 0,
            ComparisonOrder.Greater => order > 0,
            _ => order >= 0,
        };
    });
}

/// <summary>Truth values or bytes, named one by one.</summary>
internal sealed class NamedSet(string name, ParsedKind kind, IReadOnlyList<object> members) : ParsedSet(name, kind)
{
    public override IEnumerable<object> Bounds => members;

    public override bool Has(object? value, Reading readings) => value is not null && members.Contains(value);
}

/// <summary>Addresses in one of some ranges; a bare IPv6 address may be read as a /32.</summary>
internal sealed class AddressSet(string name, IReadOnlyList<(PlainAddress Address, int Prefix)> ranges) : ParsedSet(name, ParsedKind.Address)
{
    public override Reading Readings => ranges.Any(IsDisputed) ? Reading.BareIpv6Is32 : Reading.None;

    public override IEnumerable<object> Bounds
    {
        get
        {
            foreach ((PlainAddress Address, int Prefix) range in ranges)
            {
                foreach (int prefix in IsDisputed(range) ? [32, 128] : (int[])[range.Prefix < 0 ? range.Address.Bits : range.Prefix])
                {
                    yield return range.Address with { Number = range.Address.FirstOf(prefix) };
                    yield return range.Address with { Number = range.Address.EndOf(prefix) };
                }
            }
        }
    }

    public override bool Has(object? value, Reading readings) => value is PlainAddress address && ranges.Any(range =>
    {
        int prefix = range.Prefix >= 0 ? range.Prefix : IsDisputed(range) && (readings & Reading.BareIpv6Is32) != 0 ? 32 : range.Address.Bits;
        return address.IsV6 == range.Address.IsV6 && address.FirstOf(prefix) == range.Address.FirstOf(prefix);
    });

    private static bool IsDisputed((PlainAddress Address, int Prefix) range) => range.Address.IsV6 && range.Prefix < 0;
}

/// <summary>The texts that cannot be read as a kind of value, and perhaps a set of those that can.</summary>
internal sealed class UnreadableSet(ParsedKind kind, ParsedSet? besides = null) : ParsedSet($"no {kind}" + (besides is null ? "" : " or " + besides.Name), kind)
{
    public override Reading Readings => besides?.Readings ?? Reading.None;

    public override IEnumerable<object> Bounds => besides?.Bounds ?? [];

    public override bool Has(object? value, Reading readings) => value is null || besides?.Has(value, readings) == true;
}
