using System.Globalization;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// Values of numeric operators as texts: whether they have a form that IAM Access Analyzer lets pass. What they are worth in a decision, digit by digit, is
/// the evaluator's and the prover's to say.
/// </summary>
internal static class NumberValues
{
    public static bool IsNumeric(ConditionComparison comparison) => ComparisonFacts.Of(comparison).Family == ComparisonFamily.Numeric;

    /// <summary>Null for what is not an integer or decimal number.</summary>
    public static double? TryParse(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
}
