using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_CONDITION_VALUE_NUM</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantConditionValueNumCheck() : ConditionCheck(new Rule(
    "PSEC3318",
    "Bound that another one covers",
    RuleSeverity.Info,
    "Of several bounds in a list only the widest matters.",
    "Keep the bound that is meant.",
    1041,
    "REDUNDANT_CONDITION_VALUE_NUM"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.NumericLessThan or ConditionComparison.NumericLessThanEquals or ConditionComparison.NumericGreaterThan
            or ConditionComparison.NumericGreaterThanEquals
            && condition.Values.Count > 1)
        {
            findings.Add(condition.KeyProperty.Value, $"of the bounds of {CheckedText.Quoted(condition.Key)} only the widest matters");
        }
    }
}
