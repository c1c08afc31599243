using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>WILDCARD_USAGE_TOO_PERMISSIVE</c> of IAM Access Analyzer.</summary>
internal sealed class WildcardUsageTooPermissiveCheck() : ConditionCheck(new Rule(
    "PSEC3083",
    "Wildcard in a condition key that guards access",
    RuleSeverity.Error,
    "The key tells one's own accounts, organization and networks from others; a wildcard there lets in others whose ids fit.",
    "Write the ids out. In aws:userid a wildcard may stand behind the colon only; in paths and ARNs behind at least six characters.",
    863,
    "WILDCARD_USAGE_TOO_PERMISSIVE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is not (ConditionComparison.StringLike or ConditionComparison.StringNotLike))
        {
            return;
        }

        foreach (CheckedText value in condition.Texts)
        {
            if (value.IsKnown && GuardingKeys.TooEarly(condition.Key, value.Text, value.Text.IndexOfAny(['*', '?'])) && value.Text != "*")
            {
                findings.Add(value, $"the wildcard in {value.Shown} lets in others than {CheckedText.Quoted(condition.Key)} is meant to");
            }
        }
    }
}
