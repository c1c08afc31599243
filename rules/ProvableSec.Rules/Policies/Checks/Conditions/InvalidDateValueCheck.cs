using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_DATE_VALUE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidDateValueCheck() : ConditionCheck(new Rule(
    "PSEC3208",
    "Date in seconds since 1970",
    RuleSeverity.Warning,
    "A number of seconds is easily misread, and AWS may not interpret it as intended.",
    "Write the date as 2026-01-31 or 2026-01-31T12:00:00Z.",
    1286,
    "INVALID_DATE_VALUE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (DateValues.IsDate(condition.Comparison))
        {
            foreach (JsonItem value in condition.Values)
            {
                if (value.Kind is JsonKind.String or JsonKind.Number && DateValues.IsEpoch(value.Text))
                {
                    findings.Add(value, $"{CheckedText.Quoted(value.Text)} is a number of seconds; write a date such as 2026-01-31T12:00:00Z");
                }
            }
        }
    }
}
