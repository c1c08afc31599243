using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class MissingResourceCheck() : StatementCheck(new Rule(
    "PSEC3034",
    "No Resource",
    RuleSeverity.Error,
    "Except for trust policies of roles and policies of Amazon ECR repositories and Amazon EFS file systems, every policy says which resources it is about; "
        + "AWS rejects a statement that does not.",
    "Add a Resource element.",
    1286,
    "MISSING_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        // Without the type of its resource a policy may be that of a repository or a file system.
        bool isOptional = statement.Policy.Type == PolicyType.Trust
            || (statement.Policy.Type == PolicyType.Resource
                && (statement.Policy.Context.ResourceType is not { } owner || !ResourceOwners.NeedsResource(owner)));
        if (statement.Resource is null && !isOptional)
        {
            findings.Add(statement.Element, "the statement has neither Resource nor NotResource");
        }
    }
}
