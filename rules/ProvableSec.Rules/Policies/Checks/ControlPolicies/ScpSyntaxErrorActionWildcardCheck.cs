using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>SCP_SYNTAX_ERROR_ACTION_WILDCARD</c> of IAM Access Analyzer.</summary>
internal sealed class ScpSyntaxErrorActionWildcardCheck() : ActionCheck(new Rule(
    "PSEC3037",
    "Wildcard inside an action of a service control policy",
    RuleSeverity.Error,
    "In the SCP language of before 2025-09-19 a wildcard stands at the end of an action only. Reported with --scp-dialect 2019.",
    "Write the wildcard at the end, or list the actions.",
    1286,
    "SCP_SYNTAX_ERROR_ACTION_WILDCARD"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        int wildcard = action.Text.IndexOfAny(['*', '?']);
        if (statement.Policy is { Type: PolicyType.ServiceControlPolicy, Context.ScpDialect: ScpDialect.Of2019 } && wildcard >= 0
            && wildcard < action.Text.Length - 1)
        {
            findings.Add(action, $"{action.Shown} has a wildcard before its end, which SCPs took only from 2025-09-19 on");
        }
    }
}
