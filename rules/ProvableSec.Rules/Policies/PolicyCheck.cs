namespace ProvableSec.Rules.Policies;

/// <summary>Looks for one kind of mistake. Has no state: the same check serves every policy and thread.</summary>
internal abstract class PolicyCheck(Rule rule)
{
    public Rule Rule => rule;

    /// <summary>True for a check that takes policies of any length; the others look at none that AWS would not take.</summary>
    public virtual bool TakesAnyLength => false;

    public abstract void Check(CheckedPolicy policy, PolicyFindings findings);
}
