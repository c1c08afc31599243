namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE</c> of IAM Access Analyzer.</summary>
internal sealed class DenyWithUnsupportedTagConditionKeyForServiceCheck() : ConditionCheck(new Rule(
    "PSEC2111",
    "Deny by a tag that some requests never send",
    RuleSeverity.Warning,
    "Requests to these services never carry the tags of the resource, so the Deny never applies to them.",
    "Move their actions to a Deny without the tag condition.",
    863,
    "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement.IsDeny)
        {
            ResourceTags.Report(condition, "is never denied", findings);
        }
    }
}
