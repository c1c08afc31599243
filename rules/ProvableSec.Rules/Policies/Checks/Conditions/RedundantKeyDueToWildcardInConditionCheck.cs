using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantKeyDueToWildcardInConditionCheck() : ConditionCheck(new Rule(
    "PSEC3326",
    "Condition that always holds",
    RuleSeverity.Info,
    "The condition holds for every request, so it restricts nothing.",
    "Remove it, or write the values that were meant.",
    1041,
    "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (WholeWildcards.In(condition) && condition.HasPatterns && !condition.Operator.IsNegated
            && (condition.Operator.IfExists || condition.Operator.Set == SetOperator.ForAllValues
                || (condition.Operator.Set == SetOperator.None && AlwaysPresentKeys.Contain(condition.Key))))
        {
            findings.Add(condition.KeyProperty.Value, $"the condition on {CheckedText.Quoted(condition.Key)} holds for every request");
        }
    }
}
