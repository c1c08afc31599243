namespace ProvableSec.Rules.Policies;

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
