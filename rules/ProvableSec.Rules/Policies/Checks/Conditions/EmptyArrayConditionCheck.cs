using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayConditionCheck() : ConditionCheck(new Rule(
    "PSEC3302",
    "Condition without a value",
    RuleSeverity.Info,
    "No value equals one of an empty list; AWS does not document what a negated operator does.",
    "List the values that were meant, or remove the condition.",
    1164,
    "EMPTY_ARRAY_CONDITION"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.KeyProperty.Value is { Kind: JsonKind.Array, Count: 0 } list && condition.Operator is { Set: SetOperator.None, IfExists: false })
        {
            findings.Add(list, $"the condition on {CheckedText.Quoted(condition.Key)} lists no value");
        }
    }
}
