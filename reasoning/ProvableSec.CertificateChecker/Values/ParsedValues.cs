using System.Numerics;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>Reads texts as values, and finds one value of every class that bounds leave to tell apart.</summary>
internal static class ParsedValues
{
    /// <summary>The value, or null for a text that cannot be read as one.</summary>
    public static object? Read(string text, ParsedKind kind) => kind switch
    {
        ParsedKind.Number => PlainNumber.Read(text),
        ParsedKind.Date => PlainMoment.Read(text),
        ParsedKind.Address => PlainAddress.Read(text),
        ParsedKind.Truth => text.ToLowerInvariant() switch { "true" => true, "false" => false, _ => null },
        _ => PlainBytes.Read(text),
    };

    /// <summary>One value of each class, and null for the texts that cannot be read.</summary>
    public static IEnumerable<object?> Classes(ParsedKind kind, IEnumerable<object> bounds)
    {
        yield return null;
        IEnumerable<object> values = kind switch
        {
            ParsedKind.Number => PlainNumber.Classes(bounds.Cast<PlainNumber>()),
            ParsedKind.Date => PlainMoment.Classes(bounds.Cast<BigInteger>()).Cast<object>(),
            ParsedKind.Address => PlainAddress.Classes(bounds.Cast<PlainAddress>()).Cast<object>(),
            ParsedKind.Truth => [true, false],
            _ => PlainBytes.Classes(bounds.Cast<string>()),
        };
        foreach (object value in values)
        {
            yield return value;
        }
    }
}
