using System.Globalization;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>Conditions as texts: equal texts are conditions that the same records meet, whatever the order of what they join.</summary>
internal static class ConditionIdentity
{
    public static string Of(LogCondition condition) => condition switch
    {
        LogCondition.All all => Joined("all", all.Conditions.Select(Of)),
        LogCondition.Any any => Joined("any", any.Conditions.Select(Of)),
        LogCondition.Not not => Joined("not", [Of(not.Condition)]),
        LogCondition.Text text => Joined($"{text.Field} {Quoted(text.Header ?? "")}", text.Patterns.Select(pattern => Quoted(pattern.Pattern))),
        LogCondition.Address address => Joined("address", address.Ranges.Select(range => range.ToString())),
        LogCondition.Number number => string.Create(CultureInfo.InvariantCulture, $"{number.Field}({number.AtLeast}..{number.Below})"),
        _ => throw new InvalidOperationException("a condition of a kind that does not exist"),
    };

    private static string Joined(string what, IEnumerable<string> parts) =>
        $"{what}({string.Join(',', parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))})";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
