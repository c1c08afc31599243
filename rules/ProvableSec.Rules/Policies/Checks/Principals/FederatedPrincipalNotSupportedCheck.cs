using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>FEDERATED_PRINCIPAL_NOT_SUPPORTED</c> of IAM Access Analyzer.</summary>
internal sealed class FederatedPrincipalNotSupportedCheck() : PrincipalCheck(new Rule(
    "PSEC3064",
    "Federated principal outside a trust policy",
    RuleSeverity.Error,
    "Identity providers only vouch for who assumes a role; a resource's policy never sees one.",
    "Grant to the role that the federated users assume.",
    1286,
    "FEDERATED_PRINCIPAL_NOT_SUPPORTED"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (principal.Kind == "Federated" && statement.Policy.Type == PolicyType.Resource)
        {
            findings.Add(principal.Value, "a federated principal works in a role's trust policy only");
        }
    }
}
