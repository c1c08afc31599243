using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED</c> of IAM Access Analyzer.</summary>
internal sealed class SpecificGithubRepoAndBranchRecommendedCheck() : ConditionCheck(new Rule(
    "PSEC3221",
    "Role that many GitHub repositories or branches can assume",
    RuleSeverity.Warning,
    "Whoever can push to one of them, or open a pull request, can assume the role.",
    "Write the subject out: repo:ORGANIZATION/REPOSITORY:ref:refs/heads/BRANCH.",
    863,
    "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy.Type == PolicyType.Trust && condition.IsOn(FederatedProviders.GitHub + ":sub") && condition.NeedsKey && condition.HasPatterns)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.IsKnown && value.HasWildcard)
                {
                    findings.Add(value, $"{value.Shown} takes in more than one repository and branch");
                }
            }
        }
    }
}
