using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNIQUE_SIDS_RECOMMENDED</c> of IAM Access Analyzer.</summary>
internal sealed class UniqueSidsRecommendedCheck() : PolicyCheck(new Rule(
    "PSEC3212",
    "Sid twice",
    RuleSeverity.Warning,
    "Two statements with one name cannot be told apart in findings and logs.",
    "Give each statement a Sid of its own.",
    694,
    "UNIQUE_SIDS_RECOMMENDED"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type is PolicyType.Resource or PolicyType.Trust or PolicyType.VpcEndpoint)
        {
            RepeatedSids.Report(policy, findings);
        }
    }
}
