namespace ProvableSec.Rules.Policies;

/// <summary>Looks at each principal whose text is known.</summary>
internal abstract class PrincipalCheck(Rule rule) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedPrincipal principal in statement.Principal?.Entries ?? [])
        {
            if (principal.Value.IsKnown)
            {
                Check(statement, principal, findings);
            }
        }
    }

    protected abstract void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings);
}
