using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_CONDITION_MULTIPLE_BOOLEAN</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidConditionMultipleBooleanCheck() : ConditionCheck(new Rule(
    "PSEC3013",
    "Several Booleans",
    RuleSeverity.Error,
    "A Boolean key has one value; AWS rejects a list of several.",
    "Write the one that is meant.",
    1286,
    "INVALID_CONDITION_MULTIPLE_BOOLEAN"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.Bool or ConditionComparison.Null && condition.Values.Count > 1)
        {
            findings.Add(condition.KeyProperty.Value, $"{CheckedText.Quoted(condition.OperatorName)} takes one value");
        }
    }
}
