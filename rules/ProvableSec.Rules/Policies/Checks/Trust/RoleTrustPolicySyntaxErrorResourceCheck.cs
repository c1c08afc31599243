using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class RoleTrustPolicySyntaxErrorResourceCheck() : StatementCheck(new Rule(
    "PSEC3069",
    "Resource in a trust policy",
    RuleSeverity.Error,
    "A trust policy is about its role; IAM rejects one that names a resource.",
    "Remove the element.",
    1286,
    "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { Policy.Type: PolicyType.Trust, Resource: { } resource })
        {
            findings.Add(resource.Property.NameElement, $"a trust policy has no {resource.Property.Name}");
        }
    }
}
