using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>POLICY_SIZE_EXCEEDS_SCP_QUOTA</c> of IAM Access Analyzer.</summary>
internal sealed class PolicySizeExceedsScpQuotaCheck() : PolicyCheck(new Rule(
    "PSEC3059",
    "Larger than a service control policy may be",
    RuleSeverity.Error,
    "A service control policy may have 5,120 characters (AWS Organizations User Guide, \"Quotas\"). The console drops white space before it saves; through the API it counts.",
    "Split the policy, or replace long lists of actions by wildcards that mean the same.",
    1286,
    "POLICY_SIZE_EXCEEDS_SCP_QUOTA"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type == PolicyType.ServiceControlPolicy)
        {
            PolicySize.ReportOrganizations(policy, findings);
        }
    }
}
