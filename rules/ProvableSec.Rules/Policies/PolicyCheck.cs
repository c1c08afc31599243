namespace ProvableSec.Rules.Policies;

/// <summary>Looks for one kind of mistake. Has no state: the same check serves every policy and thread.</summary>
internal abstract class PolicyCheck(Rule rule)
{
    public Rule Rule => rule;

    public abstract void Check(CheckedPolicy policy, PolicyFindings findings);
}
