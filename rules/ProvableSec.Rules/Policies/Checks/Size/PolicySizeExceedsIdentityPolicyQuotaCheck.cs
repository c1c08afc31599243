using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsIdentityPolicyQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3214",
    "Larger than an identity policy may be",
    RuleSeverity.Warning,
    "A managed policy or boundary may have 6,144 characters, white space not counted (IAM User Guide, \"IAM and AWS STS quotas\"); all inline policies of a "
        + "role 10,240, of a user 2,048, of a group 5,120.",
    "Split the policy, or replace long lists of actions by wildcards that mean the same.",
    1286,
    "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"))
{
    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type is PolicyType.Identity or PolicyType.PermissionsBoundary && PolicySize.WithoutWhiteSpace(policy) is > Quota and var size)
        {
            findings.Add(policy.Root, $"the policy has {size} characters without white space; a managed policy may have {Quota}");
        }
    }

    private const int Quota = 6144;
}
