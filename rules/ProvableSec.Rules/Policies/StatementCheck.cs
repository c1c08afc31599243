namespace ProvableSec.Rules.Policies;

/// <summary>Looks at each statement.</summary>
internal abstract class StatementCheck(Rule rule) : PolicyCheck(rule)
{
    public sealed override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        foreach (CheckedStatement statement in policy.Statements)
        {
            // A check of a statement may look at all the others.
            policy.Budget.Spend(policy.Statements.Count);
            Check(statement, findings);
        }
    }

    protected abstract void Check(CheckedStatement statement, PolicyFindings findings);
}
