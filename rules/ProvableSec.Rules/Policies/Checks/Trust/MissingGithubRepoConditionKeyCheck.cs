namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_GITHUB_REPO_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class MissingGithubRepoConditionKeyCheck() : StatementCheck(new Rule(
    "PSEC2115",
    "Role for every repository of GitHub",
    RuleSeverity.Warning,
    "Without a condition on the subject a workflow of any repository of the world can assume the role.",
    "Add a condition on token.actions.githubusercontent.com:sub with organisation, repository and branch.",
    863,
    "MISSING_GITHUB_REPO_CONDITION_KEY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (FederatedProviders.OpenIdConnectIn(statement) is { Host: FederatedProviders.GitHub } provider && statement.ConditionsAreKnown
            && !statement.Conditions.Any(condition => condition.NeedsKey && condition.IsOnAny([FederatedProviders.GitHub + ":sub", FederatedProviders.GitHub + ":job_workflow_ref"])))
        {
            findings.Add(provider.At, $"a workflow of any repository can assume the role; add a condition on \"{FederatedProviders.GitHub}:sub\"");
        }
    }
}
