namespace ProvableSec.Rules.Policies;

/// <summary>Looks at each text of Action and NotAction that is known.</summary>
internal abstract class ActionCheck(Rule rule) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText action in statement.Action?.Items ?? [])
        {
            if (action.IsKnown)
            {
                Check(statement, action, findings);
            }
        }
    }

    protected abstract void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings);
}
