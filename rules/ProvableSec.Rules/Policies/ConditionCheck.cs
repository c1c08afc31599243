namespace ProvableSec.Rules.Policies;

/// <summary>Looks at each line of each Condition block.</summary>
internal abstract class ConditionCheck(Rule rule) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedCondition condition in statement.Conditions)
        {
            // A check of a line may look at all the others.
            statement.Policy.Budget.Spend(statement.Conditions.Count);
            Check(condition, findings);
        }
    }

    protected abstract void Check(CheckedCondition condition, PolicyFindings findings);
}
