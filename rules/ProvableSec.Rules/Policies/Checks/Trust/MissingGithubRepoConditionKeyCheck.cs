namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_GITHUB_REPO_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class MissingGithubRepoConditionKeyCheck() : StatementCheck(new Rule(
    "PSEC2115",
    "Role that every GitHub repository can assume",
    RuleSeverity.Warning,
    "Without a condition on the subject, a workflow in any GitHub repository can assume the role.",
    "Add a condition on token.actions.githubusercontent.com:sub with organization, repository and branch.",
    863,
    "MISSING_GITHUB_REPO_CONDITION_KEY")
{
    Controls = ControlMapping.Trust,
})
{
    /// <summary>Claims that name a repository, its owner or the workflow of one (GitHub Docs, "OpenID Connect reference").</summary>
    private static readonly string[] Repositories =
        [.. ((string[])["sub", "job_workflow_ref", "repository", "repository_id", "repository_owner", "repository_owner_id", "enterprise_id"]).Select(claim =>
            $"{FederatedProviders.GitHub}:{claim}")];

    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (FederatedProviders.OpenIdConnectIn(statement) is { Host: FederatedProviders.GitHub } provider && statement.ConditionsAreKnown
            && !statement.Conditions.Any(condition => condition.NeedsKey && condition.IsOnAny(Repositories)))
        {
            findings.Add(provider.At, $"a workflow of any repository can assume the role; add a condition on \"{FederatedProviders.GitHub}:sub\"");
        }
    }
}
