using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_CONDITION_DATA_TYPE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidConditionDataTypeCheck() : ConditionCheck(new Rule(
    "PSEC3011",
    "Values of several JSON types",
    RuleSeverity.Error,
    "AWS compares all values of a condition as the same type, and refuses a list that mixes them.",
    "Write all values as strings.",
    843,
    "INVALID_CONDITION_DATA_TYPE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Values.Count > 1 && condition.Values.All(value => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False)
            && condition.Values.Any(value => !IsOfType(value.Kind, condition.Values[0].Kind)))
        {
            findings.Add(condition.KeyProperty.Value, $"the values of {CheckedText.Quoted(condition.Key)} have several JSON types");
        }
    }

    private static bool IsOfType(JsonKind kind, JsonKind type) => kind == type
        || (kind is JsonKind.True or JsonKind.False && type is JsonKind.True or JsonKind.False);
}
