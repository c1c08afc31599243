using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_ALLOW_NOTACTION</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorAllowNotActionCheck() : StatementCheck(new Rule(
    "PSEC3040",
    "NotAction in an Allow of a service control policy",
    RuleSeverity.Error,
    "The SCP language of before 2025-09-19 knew NotAction with Deny only. Reported with --scp-dialect 2019.",
    "List the actions to allow, or write a Deny.",
    1286,
    "SCP_SYNTAX_ERROR_ALLOW_NOTACTION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { IsAllow: true, Action: { IsNot: true } action } && statement.Policy is
            {
                Type: PolicyType.ServiceControlPolicy,
                Context.ScpDialect: ScpDialect.Of2019
            })
        {
            findings.Add(action.Property.NameElement, "SCPs took NotAction with Allow only from 2025-09-19 on");
        }
    }
}
