namespace ProvableSec.Rules.Policies;

/// <summary>Looks at each line of each Condition block.</summary>
internal abstract class ConditionCheck(Rule rule) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedCondition condition in statement.Conditions)
        {
            Check(condition, findings);
        }
    }

    protected abstract void Check(CheckedCondition condition, PolicyFindings findings);
}
