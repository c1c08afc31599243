using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantStatementDueToWildcardInConditionCheck() : ConditionCheck(new Rule(
    "PSEC3328",
    "Condition that never holds",
    RuleSeverity.Info,
    "No request satisfies the condition, so the statement has no effect.",
    "Remove the statement, or write the values that were meant.",
    561,
    "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (WholeWildcards.In(condition) && condition.HasPatterns && condition.Operator is { IsNegated: true, IfExists: false }
            && (condition.Operator.Set == SetOperator.ForAnyValue || (condition.Operator.Set == SetOperator.None && AlwaysPresentKeys.Contain(condition.Key))))
        {
            findings.Add(condition.KeyProperty.Value,
                $"no request satisfies the condition on {CheckedText.Quoted(condition.Key)}, so the statement has no effect");
        }
    }
}
