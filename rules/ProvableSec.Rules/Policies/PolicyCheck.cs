namespace ProvableSec.Rules.Policies;

/// <summary>Looks for one kind of mistake. Has no state: the same check serves every policy and thread.</summary>
internal abstract class PolicyCheck(Rule rule)
{
    public Rule Rule => rule;

    public abstract void Check(CheckedPolicy policy, PolicyFindings findings);
}

/// <summary>Looks at each statement.</summary>
internal abstract class StatementCheck(Rule rule) : PolicyCheck(rule)
{
    public sealed override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        foreach (CheckedStatement statement in policy.Statements)
        {
            Check(statement, findings);
        }
    }

    protected abstract void Check(CheckedStatement statement, PolicyFindings findings);
}

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

/// <summary>Looks at each ARN of Resource and NotResource.</summary>
internal abstract class ResourceCheck(Rule rule) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText resource in statement.Resource?.Items ?? [])
        {
            if (PolicyArn.TryParse(resource.Text) is { } arn)
            {
                Check(statement, resource, arn, findings);
            }
        }
    }

    protected abstract void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings);
}

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
