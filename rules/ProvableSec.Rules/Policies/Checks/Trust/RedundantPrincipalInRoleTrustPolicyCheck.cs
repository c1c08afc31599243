using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class RedundantPrincipalInRoleTrustPolicyCheck() : StatementCheck(new Rule(
    "PSEC3327",
    "Session listed beside its own role",
    RuleSeverity.Info,
    "A role stands for all its sessions, so naming one of them adds nothing.",
    "Remove the session, or the role if only the session was meant.",
    1041,
    "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { Policy.Type: PolicyType.Trust, Principal: { IsNot: false } principal })
        {
            foreach (CheckedPrincipal entry in principal.Of("AWS"))
            {
                if (PolicyArn.TryParse(entry.Value.Text) is { Service: "sts" } arn && arn.Resource.Split('/') is ["assumed-role", var role, _]
                    && principal.Of("AWS").Any(other => PolicyArn.TryParse(other.Value.Text) is { Service: "iam" } named && named.Account == arn.Account
                        && named.Resource.StartsWith("role/", StringComparison.Ordinal) && named.Resource.EndsWith("/" + role, StringComparison.Ordinal)))
                {
                    findings.Add(entry.Value, $"{entry.Value.Shown} is a session of the role {CheckedText.Quoted(role)}, which is listed too");
                }
            }
        }
    }
}
