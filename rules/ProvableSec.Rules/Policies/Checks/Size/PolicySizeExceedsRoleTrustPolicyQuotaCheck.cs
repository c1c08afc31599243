using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsRoleTrustPolicyQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3222",
    "Larger than a trust policy may be",
    RuleSeverity.Warning,
    "A role's trust policy may have 2,048 characters, white space not counted; AWS raises that to 4,096 on request (IAM User Guide, \"IAM and AWS STS "
        + "quotas\").",
    "Trust an organization or accounts instead of listing principals.",
    1286,
    "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"))
{
    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type == PolicyType.Trust && PolicySize.WithoutWhiteSpace(policy) is > Quota and var size)
        {
            findings.Add(policy.Root, $"the trust policy has {size} characters without white space; it may have {Quota} unless AWS has raised the quota");
        }
    }

    private const int Quota = 2048;
}
