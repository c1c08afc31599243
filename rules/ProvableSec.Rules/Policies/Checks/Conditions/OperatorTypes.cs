using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Which operators fit which keys (IAM User Guide, "Condition operators").</summary>
internal static class OperatorTypes
{
    /// <summary>The kind of operator a key wants, when the one at hand does not fit; null when it does.</summary>
    public static string? ExpectedFor(ConditionComparison comparison, ConditionKeyType type)
    {
        if (comparison is ConditionComparison.Unknown or ConditionComparison.Null)
        {
            return null;
        }

        ComparisonFamily family = ComparisonFacts.Of(comparison).Family;
        bool text = family == ComparisonFamily.String;
        bool arn = family == ComparisonFamily.Arn;
        bool address = family == ComparisonFamily.IpAddress;
        return type switch
        {
            // A string may hold an ARN, a number or a date (AWS types several such keys as String).
            ConditionKeyType.String => address || comparison == ConditionComparison.BinaryEquals ? "string" : null,
            // Compared as a text an ARN means something else, but it is compared; that has a rule of its own.
            ConditionKeyType.Arn => arn || text ? null : "ARN",
            // The text "true" equals the Boolean's.
            ConditionKeyType.Bool => comparison == ConditionComparison.Bool || text ? null : "Boolean",
            ConditionKeyType.Numeric => NumberValues.IsNumeric(comparison) || text ? null : "numeric",
            ConditionKeyType.Date => DateValues.IsDate(comparison) || NumberValues.IsNumeric(comparison) ? null : "date",
            ConditionKeyType.IpAddress => address ? null : "IP address",
            ConditionKeyType.Binary => comparison == ConditionComparison.BinaryEquals ? null : "binary",
            _ => null,
        };
    }
}
