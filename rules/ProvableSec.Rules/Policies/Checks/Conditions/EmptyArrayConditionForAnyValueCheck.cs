using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_CONDITION_FORANYVALUE</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayConditionForAnyValueCheck() : ConditionCheck(new Rule(
    "PSEC3304",
    "ForAnyValue without a value",
    RuleSeverity.Info,
    "It never matches.",
    "List the values that were meant, or remove the statement.",
    1164,
    "EMPTY_ARRAY_CONDITION_FORANYVALUE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.KeyProperty.Value is { Kind: JsonKind.Array, Count: 0 } list && condition.Operator.Set == SetOperator.ForAnyValue)
        {
            findings.Add(list, "this never matches");
        }
    }
}
