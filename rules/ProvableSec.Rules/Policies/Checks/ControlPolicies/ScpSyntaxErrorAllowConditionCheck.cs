using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_ALLOW_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorAllowConditionCheck() : StatementCheck(new Rule(
    "PSEC3039",
    "Condition on an Allow of a service control policy",
    RuleSeverity.Error,
    "The SCP language of before 2025-09-19 knew conditions with Deny only. Reported with --scp-dialect 2019.",
    "Write a Deny with the negated condition.",
    1286,
    "SCP_SYNTAX_ERROR_ALLOW_CONDITION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.IsAllow && statement.Policy is { Type: PolicyType.ServiceControlPolicy, Context.ScpDialect: ScpDialect.Of2019 }
            && statement.ConditionElement is { } condition)
        {
            findings.Add(condition.NameElement, "SCPs took a Condition with Allow only from 2025-09-19 on");
        }
    }
}
