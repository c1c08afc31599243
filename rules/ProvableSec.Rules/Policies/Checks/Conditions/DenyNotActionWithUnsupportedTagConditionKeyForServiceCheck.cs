namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE</c> of IAM Access Analyzer.</summary>
internal sealed class DenyNotActionWithUnsupportedTagConditionKeyForServiceCheck() : ConditionCheck(new Rule(
    "PSEC2112",
    "Deny of all but some actions, by a tag",
    RuleSeverity.Warning,
    "Many services never send the tags of the resource; their actions are not denied, although NotAction seems to include all.",
    "List the actions to deny in Action.",
    863,
    "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsDeny: true, Action: { IsNot: true } actions } && condition.NeedsKey && condition.KeyStartsWith("aws:ResourceTag/"))
        {
            findings.Add(actions.Property.NameElement, $"actions whose requests never carry {CheckedText.Quoted(condition.Key)} are not denied");
        }
    }
}
