namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_CONDITION_KEY_FORMAT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidConditionKeyFormatCheck() : ConditionCheck(new Rule(
    "PSEC3012",
    "Condition key without a service",
    RuleSeverity.Error,
    "A condition key has the form service:name; no request carries another, so the condition tests nothing.",
    "Write the prefix, such as aws: or s3:.",
    1286,
    "INVALID_CONDITION_KEY_FORMAT"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        int colon = condition.Key.IndexOf(':');
        if (!UnknownText.IsIn(condition.Key) && (colon <= 0 || colon == condition.Key.Length - 1))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"{CheckedText.Quoted(condition.Key)} is not a condition key; expected \"service:name\", such as \"aws:SourceIp\"");
        }
    }
}
