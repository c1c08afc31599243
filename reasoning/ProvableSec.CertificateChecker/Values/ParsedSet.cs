using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>What a comparison reads a text as, before it compares.</summary>
internal enum ParsedKind
{
    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A moment.</summary>
    Date,

    /// <summary>An address.</summary>
    Address,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Bytes in base64.</summary>
    Bytes,
}

/// <summary>Texts by what they are read as: a number in some intervals, an address in some ranges, and so on.</summary>
internal abstract class ParsedSet(string name, ParsedKind kind) : ValueSet(name)
{
    public ParsedKind Kind { get; } = kind;

    /// <summary>Whether a value that was read is a member; null is a text that cannot be read.</summary>
    public abstract bool Has(object? value, Reading readings);

    /// <summary>What the set compares with; between two neighbouring ones, over all sets in question, all values are alike.</summary>
    public abstract IEnumerable<object> Bounds { get; }

    public override bool Contains(string text, Reading readings) => Has(ParsedValues.Read(text, Kind), readings);
}
