namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DEPRECATED_GLOBAL_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class DeprecatedGlobalConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3207",
    "Global condition key that has a successor",
    RuleSeverity.Warning,
    "AWS keeps the key for old policies only, and not every service sends it.",
    "Write the newer key that the message names.",
    477,
    "DEPRECATED_GLOBAL_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (DeprecatedKeys.SuccessorOf(condition.Key) is { } successor)
        {
            findings.Add(condition.KeyProperty.NameElement, $"{CheckedText.Quoted(condition.Key)} is deprecated; use {successor}");
        }
    }
}
