using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidFederatedPrincipalSyntaxInRoleTrustPolicyCheck() : PrincipalCheck(new Rule(
    "PSEC3072",
    "Federated principal in a form that IAM does not accept",
    RuleSeverity.Error,
    "A provider is named by its domain or by the ARN of a provider in IAM.",
    "Write for example cognito-identity.amazonaws.com or arn:aws:iam::111122223333:oidc-provider/HOST.",
    1286,
    "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (principal.Kind == "Federated" && statement.Policy.Type == PolicyType.Trust && principal.Value.Text != "*"
            && !FederatedProviders.IsWellFormed(principal.Value.Text))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is neither a domain nor the ARN of a provider");
        }
    }
}
