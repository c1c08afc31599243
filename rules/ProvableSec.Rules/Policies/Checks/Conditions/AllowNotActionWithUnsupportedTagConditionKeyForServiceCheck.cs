using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE</c> of IAM Access Analyzer.</summary>
internal sealed class AllowNotActionWithUnsupportedTagConditionKeyForServiceCheck() : ConditionCheck(new Rule(
    "PSEC3323",
    "Allow of all but some actions, by a tag",
    RuleSeverity.Info,
    "Many services never send the tags of the resource; their actions are not allowed, although NotAction seems to include all.",
    "List the actions to allow in Action.",
    863,
    "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsAllow: true, Action: { IsNot: true } actions } && condition.Policy.Type == PolicyType.Identity && condition.NeedsKey
            && condition.KeyStartsWith("aws:ResourceTag/"))
        {
            findings.Add(actions.Property.NameElement, $"actions whose requests never carry {CheckedText.Quoted(condition.Key)} are not allowed");
        }
    }
}
