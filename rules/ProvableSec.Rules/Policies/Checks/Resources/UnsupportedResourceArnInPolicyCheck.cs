using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_RESOURCE_ARN_IN_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedResourceArnInPolicyCheck() : ResourceCheck(new Rule(
    "PSEC3048",
    "Resource of another kind than the policy's",
    RuleSeverity.Error,
    "A policy of a resource is only asked about that resource; the statement matches nothing.",
    "Write the ARN of the resource that the policy is attached to.",
    1286,
    "UNSUPPORTED_RESOURCE_ARN_IN_POLICY"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (statement.Policy.Type == PolicyType.Resource && statement.Policy.Context.ResourceType is { } type
            && ResourceOwners.ArnServicesOf(type) is { } services
            && arn.IsComplete && !services.Any(service => GlobText.Overlap(arn.Service, service)))
        {
            findings.Add(resource, $"a policy of {type} is about ARNs of {string.Join(", ", services)}, not about {resource.Shown}");
        }
    }
}
