using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_SCP_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsScpQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3059",
    "Larger than a service control policy may be",
    RuleSeverity.Error,
    "A service control policy may have 10,240 characters since May 2026 (AWS Organizations User Guide, \"Quotas\"). The console drops white space before it "
        + "saves; through the API it counts. Ten may be attached to one target.",
    "Split the policy, or replace long lists of actions by wildcards that mean the same.",
    1286,
    "POLICY_SIZE_EXCEEDS_SCP_QUOTA"))
{
    private const int Quota = 10240;

    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type == PolicyType.ServiceControlPolicy)
        {
            PolicySize.ReportOrganizations(policy, Quota, findings);
        }
    }
}
