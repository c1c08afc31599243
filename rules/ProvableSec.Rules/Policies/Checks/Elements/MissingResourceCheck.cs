using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class MissingResourceCheck() : StatementCheck(new Rule(
    "PSEC3034",
    "No Resource",
    RuleSeverity.Error,
    "Every type of policy but a role's trust policy and the policies of repositories (Amazon ECR) and file systems (Amazon EFS) says which resources it is about; AWS refuses a statement that does not.",
    "Add a Resource element.",
    1286,
    "MISSING_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        // Without the type of its resource a policy may be that of a repository or a file system.
        bool isOptional = statement.Policy.Type == PolicyType.Trust
            || (statement.Policy.Type == PolicyType.Resource && (statement.Policy.Context.ResourceType is not { } owner || !ResourceOwners.NeedsResource(owner)));
        if (statement.Resource is null && !isOptional)
        {
            findings.Add(statement.Element, "the statement has neither Resource nor NotResource");
        }
    }
}
