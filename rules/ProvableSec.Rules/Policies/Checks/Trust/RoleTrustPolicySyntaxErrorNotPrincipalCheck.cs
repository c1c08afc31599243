using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RoleTrustPolicySyntaxErrorNotPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3067",
    "NotPrincipal in a trust policy",
    RuleSeverity.Error,
    "IAM rejects a trust policy with NotPrincipal.",
    "Name the principals that may assume the role.",
    1286,
    "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { Policy.Type: PolicyType.Trust, Principal: { IsNot: true } principal })
        {
            findings.Add(principal.Property.NameElement, "a trust policy has no NotPrincipal");
        }
    }
}
