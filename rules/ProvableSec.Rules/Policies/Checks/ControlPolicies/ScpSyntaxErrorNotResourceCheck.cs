using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_NOTRESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorNotResourceCheck() : StatementCheck(new Rule(
    "PSEC3042",
    "NotResource in a service control policy",
    RuleSeverity.Error,
    "The SCP language of before 2025-09-19 had no NotResource. Reported with --scp-dialect 2019.",
    "List the resources in Resource.",
    1286,
    "SCP_SYNTAX_ERROR_NOTRESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Resource is { IsNot: true } resource && statement.Policy is
            {
                Type: PolicyType.ServiceControlPolicy,
                Context.ScpDialect: ScpDialect.Of2019
            })
        {
            findings.Add(resource.Property.NameElement, "SCPs took NotResource only from 2025-09-19 on");
        }
    }
}
