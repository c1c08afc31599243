namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH_DATE</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchDateCheck() : ConditionCheck(new Rule(
    "PSEC3218",
    "Value that is not a date",
    RuleSeverity.Warning,
    "The operator compares dates; no request matches a value that is not a date.",
    "Write the date as 2026-01-31 or 2026-01-31T12:00:00Z.",
    843,
    "TYPE_MISMATCH_DATE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (DateValues.IsDate(condition.Comparison))
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (PolicyArn.IsLiteral(value.Text) && !DateValues.IsEpoch(value.Text) && !DateValues.IsIso(value.Text))
                {
                    findings.Add(value, $"{value.Shown} is not a date; write for example 2026-01-31T12:00:00Z");
                }
            }
        }
    }
}
