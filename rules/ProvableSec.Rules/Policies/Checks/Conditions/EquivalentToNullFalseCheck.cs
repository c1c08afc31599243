using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EQUIVALENT_TO_NULL_FALSE</c> of IAM Access Analyzer.</summary>
internal sealed class EquivalentToNullFalseCheck() : ConditionCheck(new Rule(
    "PSEC3311",
    "Condition that only asks whether the key is there",
    RuleSeverity.Info,
    "Every value matches *, so the condition only requires that the key is present.",
    "Write \"Null\" with false, which says so.",
    1041,
    "EQUIVALENT_TO_NULL_FALSE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.NeedsKey && condition.Comparison is ConditionComparison.StringLike or ConditionComparison.ArnLike or ConditionComparison.ArnEquals
            && condition.NeedsKey && WholeWildcards.In(condition) && !AlwaysPresentKeys.Contain(condition.Key))
        {
            findings.Add(condition.KeyProperty.Value, $"this only asks whether {CheckedText.Quoted(condition.Key)} is there; \"Null\": false says so");
        }
    }
}
