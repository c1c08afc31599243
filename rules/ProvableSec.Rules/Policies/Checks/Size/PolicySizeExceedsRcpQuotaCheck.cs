using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_RCP_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsRcpQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3075",
    "Larger than a resource control policy may be",
    RuleSeverity.Error,
    "A resource control policy may have 5,120 characters (AWS Organizations User Guide, \"Quotas\"). The console drops white space before it saves; through "
        + "the API it counts.",
    "Split the policy, or replace long lists of actions by wildcards that mean the same.",
    1286,
    "POLICY_SIZE_EXCEEDS_RCP_QUOTA"))
{
    private const int Quota = 5120;

    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type == PolicyType.ResourceControlPolicy)
        {
            PolicySize.ReportOrganizations(policy, Quota, findings);
        }
    }
}
