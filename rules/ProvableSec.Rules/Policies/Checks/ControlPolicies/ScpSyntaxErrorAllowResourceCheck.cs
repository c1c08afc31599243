using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_ALLOW_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorAllowResourceCheck() : StatementCheck(new Rule(
    "PSEC3041",
    "Resource in an Allow of a service control policy",
    RuleSeverity.Error,
    "The SCP language of before 2025-09-19 knew Resource \"*\" only with Allow. Reported with --scp-dialect 2019.",
    "Write \"*\", and add a Deny for the other resources.",
    1286,
    "SCP_SYNTAX_ERROR_ALLOW_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Resource: { IsNot: false } resource }
            && statement.Policy is { Type: PolicyType.ServiceControlPolicy, Context.ScpDialect: ScpDialect.Of2019 }
            && resource.Items.FirstOrDefault(item => item.IsKnown && item.Text != "*") is { } other)
        {
            findings.Add(other, "SCPs took another Resource than \"*\" with Allow only from 2025-09-19 on");
        }
    }
}
