using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EQUIVALENT_TO_NULL_TRUE</c> of IAM Access Analyzer.</summary>
internal sealed class EquivalentToNullTrueCheck() : ConditionCheck(new Rule(
    "PSEC3312",
    "Condition that only asks whether the key is absent",
    RuleSeverity.Info,
    "Every value matches *, so the negated condition holds only when the key is absent.",
    "Write \"Null\" with true, which says so.",
    1041,
    "EQUIVALENT_TO_NULL_TRUE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.StringNotLike or ConditionComparison.ArnNotLike or ConditionComparison.ArnNotEquals
            && condition.Operator.Set == SetOperator.None
            && WholeWildcards.In(condition) && !AlwaysPresentKeys.Contain(condition.Key))
        {
            findings.Add(condition.KeyProperty.Value, $"this only asks whether {CheckedText.Quoted(condition.Key)} is absent; \"Null\": true says so");
        }
    }
}
