using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNIQUE_SIDS_REQUIRED</c> of IAM Access Analyzer.</summary>
internal sealed class UniqueSidsRequiredCheck() : PolicyCheck(new Rule(
    "PSEC3043",
    "Sid twice where it must be unique",
    RuleSeverity.Error,
    "IAM and Organizations reject a document in which two statements have the same Sid.",
    "Give each statement a Sid of its own.",
    694,
    "UNIQUE_SIDS_REQUIRED"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Type is not (PolicyType.Resource or PolicyType.Trust or PolicyType.VpcEndpoint))
        {
            RepeatedSids.Report(policy, findings);
        }
    }
}
