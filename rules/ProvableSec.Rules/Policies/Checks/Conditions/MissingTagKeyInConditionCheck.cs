namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_TAG_KEY_IN_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class MissingTagKeyInConditionCheck() : ConditionCheck(new Rule(
    "PSEC3061",
    "Tag condition without the tag's key",
    RuleSeverity.Error,
    "The key of a tag belongs to the name of the condition key; without it no request carries it.",
    "Write the tag's key behind a slash: aws:ResourceTag/team.",
    1286,
    "MISSING_TAG_KEY_IN_CONDITION"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (TagKeys.LackTag(condition.Key))
        {
            findings.Add(condition.KeyProperty.NameElement, $"{CheckedText.Quoted(condition.Key)} names no tag; expected for example \"{condition.Key.TrimEnd('/')}/team\"");
        }
    }
}
