using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_CONDITION_FORALLVALUES</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayConditionForAllValuesCheck() : ConditionCheck(new Rule(
    "PSEC3303",
    "ForAllValues without a value",
    RuleSeverity.Info,
    "It matches only when the key is absent.",
    "Write Null with true, which says so.",
    1164,
    "EMPTY_ARRAY_CONDITION_FORALLVALUES"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.KeyProperty.Value is { Kind: JsonKind.Array, Count: 0 } list && condition.Operator.Set == SetOperator.ForAllValues)
        {
            findings.Add(list, $"this matches only requests without {CheckedText.Quoted(condition.Key)}; \"Null\": true says so");
        }
    }
}
