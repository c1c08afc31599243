using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>IRRELEVANT_CONDITION_KEY_IN_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class IrrelevantConditionKeyInPolicyCheck() : ConditionCheck(new Rule(
    "PSEC3325",
    "Condition key that is the same in all requests",
    RuleSeverity.Info,
    "The policy is attached to the resource that the key describes, so the key has the same value in every request.",
    "Remove the condition.",
    1041,
    "IRRELEVANT_CONDITION_KEY_IN_POLICY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy is { Type: PolicyType.Resource, Context.ResourceType: "AWS::S3::Bucket" }
            && condition.IsOnAny(["s3:ResourceAccount", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"])
            && condition.Texts.All(value => value.Text.IndexOf("${", StringComparison.Ordinal) < 0))
        {
            findings.Add(condition.KeyProperty.NameElement, $"{CheckedText.Quoted(condition.Key)} is the same for all requests to this bucket");
        }
    }
}
