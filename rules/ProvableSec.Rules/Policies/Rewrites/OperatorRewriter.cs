using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Writes the operator that the condition was meant to have.</summary>
internal sealed class OperatorRewriter() : PolicyRewriter(
    "WILDCARD_WITHOUT_LIKE_OPERATOR", "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS", "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
    "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
    "CONFIRM_AUDIENCE_CLAIM_TYPE", "NULL_WITH_IF_EXISTS", "NULL_WITH_QUALIFIER")
{
    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        if (ConditionOf(policy, finding) is not { } condition)
        {
            yield break;
        }

        foreach (string name in NamesFor(finding.Rule.AccessAnalyzer!, condition))
        {
            yield return ($"Write {name}", [Operator(condition, name)]);
        }
    }

    private static IEnumerable<string> NamesFor(string code, CheckedCondition condition)
    {
        string name = condition.OperatorName;
        switch (code)
        {
            case "WILDCARD_WITHOUT_LIKE_OPERATOR":
                if (condition.Texts.All(value => value.Text.StartsWith("arn:", StringComparison.Ordinal)))
                {
                    yield return condition.Operator.IsNegated ? name.Replace("StringNotEquals", "ArnNotLike") : name.Replace("StringEquals", "ArnLike");
                }

                yield return condition.Operator.IsNegated ? name.Replace("StringNotEqualsIgnoreCase", "StringNotLike")
                    .Replace("StringNotEquals", "StringNotLike")
                    : name.Replace("StringEqualsIgnoreCase", "StringLike").Replace("StringEquals", "StringLike");
                break;
            case "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS":
                yield return condition.Comparison == ConditionComparison.StringNotLike ? name.Replace("StringNotLike", "ArnNotLike")
                    : name.Replace("StringLike", "ArnLike");
                break;
            case "NULL_WITH_IF_EXISTS" or "NULL_WITH_QUALIFIER":
                yield return "Null";
                break;
            default:
                yield return name.Substring(name.IndexOf(':') + 1);
                break;
        }
    }
}
