using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3038",
    "Principal in a service control policy",
    RuleSeverity.Error,
    "An SCP applies to all principals of its accounts; Organizations rejects one that names principals.",
    "Remove the element; aws:PrincipalArn in a Condition can say for whom.",
    1286,
    "SCP_SYNTAX_ERROR_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Policy.Type == PolicyType.ServiceControlPolicy && statement.Principal is { } principal)
        {
            findings.Add(principal.Property.NameElement, $"a service control policy has no {principal.Property.Name}");
        }
    }
}
