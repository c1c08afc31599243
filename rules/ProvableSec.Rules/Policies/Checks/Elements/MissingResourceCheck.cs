using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class MissingResourceCheck() : StatementCheck(new Rule(
    "PSEC3034",
    "No Resource",
    RuleSeverity.Error,
    "Every type of policy but a role's trust policy says which resources it is about; AWS refuses a statement that does not.",
    "Add a Resource element.",
    1286,
    "MISSING_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Resource is null && statement.Policy.Type != PolicyType.Trust && !(statement.Policy.Type == PolicyType.Resource && statement.Policy.Context.ResourceType is null))
        {
            findings.Add(statement.Element, "the statement has neither Resource nor NotResource");
        }
    }
}
