namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Policies of which not everything is looked at: whoever reads that there are no findings must know.</summary>
internal sealed class UncheckedPolicyCheck() : PolicyCheck(new Rule(
    "PSEC3407",
    "Policy that is too large to check",
    RuleSeverity.Warning,
    "No AWS service accepts a policy of that length, or with that many values in one list; the rest of it is not checked.",
    "Split the policy; if it is one that AWS accepted, please report it.",
    1120)
{
    Reference = RuleReference.InIam("IAM and AWS STS quotas", "reference_iam-quotas"),
})
{
    public override bool TakesAnyLength => true;

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        int length = PolicySize.WithoutWhiteSpace(policy);
        if (length > PolicySize.MostChecked)
        {
            findings.Add(policy.Root,
                $"the policy has {length} characters without white space and is not checked; the limit is {PolicySize.MostChecked}, and AWS takes none of "
                    + $"that length");
        }
    }

    /// <summary>Says which checks were not finished.</summary>
    public static void Report(CheckedPolicy policy, IReadOnlyList<PolicyCheck> unfinished, PolicyFindings findings) => findings.Add(
        policy.Root,
        $"the policy, alone or with others of its holders, is too long or holds too many texts beside each other; not all of it was looked at for "
            + $"{string.Join(", ", unfinished.Select(check => check.Rule.Id))}");
}
