namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_TAG_KEY_IN_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class MissingTagKeyInConditionCheck() : ConditionCheck(new Rule(
    "PSEC3061",
    "Tag condition without the tag's key",
    RuleSeverity.Error,
    "The name of the condition key includes the tag key; no request carries the name without it.",
    "Write the tag key after a slash: aws:ResourceTag/team.",
    1286,
    "MISSING_TAG_KEY_IN_CONDITION"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (TagKeys.LackTag(condition.Key))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"{CheckedText.Quoted(condition.Key)} names no tag; expected for example \"{condition.Key.TrimEnd('/')}/team\"");
        }
    }
}
