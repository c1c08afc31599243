using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsResourcePolicyQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3215",
    "Larger than this resource's policy may be",
    RuleSeverity.Warning,
    "Each service limits the policies of its resources: 20 KB for an S3 bucket, 32 KB for a KMS key, 20 KB for a Lambda function, 30 KB for an SNS topic, 256 "
        + "KB for an SQS queue.",
    "Grant to an organization or to account numbers instead of listing principals.",
    1286,
    "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"))
{
    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type == PolicyType.Resource && policy.Context.ResourceType is { } type && Quotas.TryGetValue(type, out int quota)
            && policy.Root.Span.Length is var size && size > quota)
        {
            findings.Add(policy.Root, $"the policy has {size} characters; that of {type} may have {quota}");
        }
    }

    /// <summary>From the quotas page of each service's guide.</summary>
    private static readonly Dictionary<string, int> Quotas = new(StringComparer.Ordinal)
    {
        ["AWS::S3::Bucket"] = 20 * 1024,
        ["AWS::KMS::Key"] = 32 * 1024,
        ["AWS::Lambda::Function"] = 20 * 1024,
        ["AWS::SNS::Topic"] = 30 * 1024,
        ["AWS::SQS::Queue"] = 256 * 1024,
        ["AWS::SecretsManager::Secret"] = 20480,
        ["AWS::ECR::Repository"] = 10240,
    };
}
