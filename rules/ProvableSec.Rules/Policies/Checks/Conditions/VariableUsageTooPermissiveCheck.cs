namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>VARIABLE_USAGE_TOO_PERMISSIVE</c> of IAM Access Analyzer.</summary>
internal sealed class VariableUsageTooPermissiveCheck() : ConditionCheck(new Rule(
    "PSEC3082",
    "Variable in a condition key that guards access",
    RuleSeverity.Error,
    "The key tells one's own accounts, organization and networks from others; a variable there lets the caller choose what it is compared with.",
    "Write the ids out.",
    863,
    "VARIABLE_USAGE_TOO_PERMISSIVE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (!condition.Policy.HasVariables || !condition.Operator.TakesVariables)
        {
            return;
        }

        foreach (CheckedText value in condition.Texts)
        {
            int at = value.Text.IndexOf("${", StringComparison.Ordinal);
            // A key compared with the same fact about the resource is the point of such a condition.
            if (at >= 0 && value.IsKnown && value.Text.IndexOf("${aws:Resource", StringComparison.OrdinalIgnoreCase) < 0
                && value.Text.IndexOf("${aws:Principal", StringComparison.OrdinalIgnoreCase) < 0
                && GuardingKeys.TooEarly(condition.Key, value.Text, at))
            {
                findings.Add(value, $"the variable in {value.Shown} lets the request decide about {CheckedText.Quoted(condition.Key)}");
            }
        }
    }
}
