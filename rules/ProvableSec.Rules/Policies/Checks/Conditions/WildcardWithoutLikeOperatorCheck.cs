using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>WILDCARD_WITHOUT_LIKE_OPERATOR</c> of IAM Access Analyzer.</summary>
internal sealed class WildcardWithoutLikeOperatorCheck() : ConditionCheck(new Rule(
    "PSEC3213",
    "Wildcard in an operator that compares exactly",
    RuleSeverity.Warning,
    "The operator compares exactly, so * and ? are literal characters.",
    "Write StringLike or StringNotLike if a wildcard is meant.",
    863,
    "WILDCARD_WITHOUT_LIKE_OPERATOR"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.StringEquals or ConditionComparison.StringNotEquals or ConditionComparison.StringEqualsIgnoreCase
            or ConditionComparison.StringNotEqualsIgnoreCase)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.Text.Replace("${*}", "").Replace("${?}", "").IndexOfAny(['*', '?']) >= 0)
                {
                    findings.Add(value,
                        $"in {CheckedText.Quoted(condition.OperatorName)} the wildcard in {value.Shown} is compared literally; write StringLike or "
                            + $"StringNotLike if a wildcard is meant");
                }
            }
        }
    }
}
