namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH_NUMBER</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchNumberCheck() : ConditionCheck(new Rule(
    "PSEC3219",
    "Value that is not a number",
    RuleSeverity.Warning,
    "The operator compares numbers; no request matches a value that is not a number.",
    "Write a number.",
    843,
    "TYPE_MISMATCH_NUMBER"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (NumberValues.IsNumeric(condition.Comparison))
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (PolicyArn.IsLiteral(value.Text) && NumberValues.TryParse(value.Text) is null)
                {
                    findings.Add(value, $"{value.Shown} is not a number");
                }
            }
        }
    }
}
