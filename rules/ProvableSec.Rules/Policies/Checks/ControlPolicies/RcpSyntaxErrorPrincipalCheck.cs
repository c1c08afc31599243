using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_SYNTAX_ERROR_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RcpSyntaxErrorPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3076",
    "Principal of a resource control policy",
    RuleSeverity.Error,
    "An RCP is about everybody: Organizations takes Principal \"*\" only.",
    "Write \"Principal\": \"*\"; aws:PrincipalArn in a Condition can say for whom.",
    1286,
    "RCP_SYNTAX_ERROR_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Policy.Type == PolicyType.ResourceControlPolicy && statement.Principal is { } principal
            && (principal.IsNot || principal.Entries.Count != 1 || principal.Entries[0] is not { Kind: "" or "AWS", Value.Text: "*" }))
        {
            findings.Add(principal.IsNot ? principal.Property.NameElement : principal.Property.Value, "the principal of a resource control policy is \"*\"");
        }
    }
}
