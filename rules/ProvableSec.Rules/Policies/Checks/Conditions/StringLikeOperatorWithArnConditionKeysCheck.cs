using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS</c> of IAM Access Analyzer.</summary>
internal sealed class StringLikeOperatorWithArnConditionKeysCheck() : ConditionCheck(new Rule(
    "PSEC2116",
    "StringLike on an ARN",
    RuleSeverity.Warning,
    "In StringLike a wildcard also matches the colons of an ARN, so the pattern matches other services, accounts and resources than it suggests.",
    "Use ArnLike or ArnNotLike, whose wildcards stay within one field.",
    863,
    "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.StringLike or ConditionComparison.StringNotLike
            && condition.Policy.Catalogue.FindKeyType(condition.Key) is { Type: ConditionKeyType.Arn }
            && condition.Texts.Any(value => value.HasWildcard && value.Text != "*"))
        {
            findings.Add(condition.OperatorElement,
                $"{CheckedText.Quoted(condition.Key)} is an ARN; in {CheckedText.Quoted(condition.OperatorName)} a wildcard runs over its colons");
        }
    }
}
