using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_SYNTAX_ERROR_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class RcpSyntaxErrorActionCheck() : ActionCheck(new Rule(
    "PSEC3079",
    "Action that resource control policies do not affect",
    RuleSeverity.Error,
    "RCPs apply to some services only, and a customer's RCP must name the service of each action.",
    "Write actions of services that the page \"Resource control policies\" lists.",
    1286,
    "RCP_SYNTAX_ERROR_ACTION"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (statement.Policy.Type != PolicyType.ResourceControlPolicy || !statement.IsDeny || statement.Action is { IsNot: true })
        {
            return;
        }

        if (!ActionNames.TrySplit(action.Text, out string prefix, out _))
        {
            findings.Add(action, $"{action.Shown} names no service; write for example \"s3:*\"");
        }
        else if (PolicyArn.IsLiteral(prefix) && statement.Policy.Catalogue.TryGetService(prefix, out _) && !statement.Policy.Catalogue.IsRcpService(prefix))
        {
            findings.Add(action, $"resource control policies do not apply to {CheckedText.Quoted(prefix)}");
        }
    }
}
