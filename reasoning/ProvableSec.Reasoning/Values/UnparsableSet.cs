using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>The texts that a comparison cannot parse.</summary>
internal sealed class UnparsableSet(ValueKind kind) : ValueSet
{
    /// <summary>A text that no comparison parses.</summary>
    public const string Example = "~";

    public override string Identity { get; } = $"Unparsable({kind})";

    public override ValueKind Kind { get; } = kind;

    public override bool Contains(string value, Reading readings, Budget? budget = null) => !Parses(value, Kind);

    public override IEnumerable<string> Candidates(Reading readings) => [.. Parsable(Kind), Example];

    /// <summary>Values that parse, one for each class that is there even where no set names a bound.</summary>
    public static IEnumerable<string> Parsable(ValueKind kind) => kind switch
    {
        ValueKind.Number => ["1"],
        ValueKind.Date => ["2024-01-01T00:00:00Z"],
        ValueKind.Address => ["198.51.100.7", "2001:db8::7"],
        ValueKind.Truth => ["true", "false"],
        ValueKind.Bytes => ["QUJD"],
        _ => [],
    };

    /// <summary>Whether a value of the request parses.</summary>
    public static bool Parses(string value, ValueKind kind) => kind switch
    {
        ValueKind.Number or ValueKind.Date => OrderedSet.TryParse(value, kind, out _),
        ValueKind.Address => AddressSet.TryParseAddress(value, out _, out _),
        ValueKind.Truth => value.ToLowerInvariant() is "true" or "false",
        ValueKind.Bytes => BytesSet.Canonical(value) is not null,
        _ => true,
    };
}
