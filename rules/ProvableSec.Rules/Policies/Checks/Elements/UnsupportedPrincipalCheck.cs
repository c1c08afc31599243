using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3047",
    "Principal in a policy that does not support it",
    RuleSeverity.Error,
    "The policy is attached to those it is about; AWS rejects one that names a principal.",
    "Remove the element; aws:PrincipalArn in a Condition can say for whom.",
    1286,
    "UNSUPPORTED_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Principal is { Property: var property } && statement.Policy.Type is PolicyType.Identity or PolicyType.PermissionsBoundary
            or PolicyType.Session)
        {
            findings.Add(property.NameElement, $"{property.Name} does not belong into this type of policy");
        }
    }
}
