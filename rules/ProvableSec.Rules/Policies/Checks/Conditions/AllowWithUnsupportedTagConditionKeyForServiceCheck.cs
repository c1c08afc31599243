using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE</c> of IAM Access Analyzer.</summary>
internal sealed class AllowWithUnsupportedTagConditionKeyForServiceCheck() : ConditionCheck(new Rule(
    "PSEC3322",
    "Allow by a tag that some requests never send",
    RuleSeverity.Info,
    "Requests to these services never carry the tags of the resource, so the Allow never applies to them.",
    "Move their actions to an Allow without the tag condition, limited by Resource.",
    863,
    "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement.IsAllow && condition.Policy.Type == PolicyType.Identity)
        {
            ResourceTags.Report(condition, "is never allowed", findings);
        }
    }
}
