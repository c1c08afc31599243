using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RoleTrustPolicyUnsupportedWildcardInPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3068",
    "\"Principal\": \"*\" in a trust policy",
    RuleSeverity.Error,
    "IAM rejects a * without the type of principal.",
    "Write {\"AWS\": \"*\"} with a condition that keeps untrusted callers out, or better, name the principals.",
    1286,
    "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { Policy.Type: PolicyType.Trust, IsAllow: true, Principal: { IsNot: false, Entries: [{ Kind: "", Value: { Text: "*" } star }] } })
        {
            findings.Add(star, "a trust policy takes no \"Principal\": \"*\"");
        }
    }
}
