using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_SYNTAX_ERROR_ALLOW</c> of IAM Access Analyzer.</summary>
internal sealed class RcpSyntaxErrorAllowCheck() : StatementCheck(new Rule(
    "PSEC3077",
    "Allow in a resource control policy",
    RuleSeverity.Error,
    "RCPs only deny; the one Allow is RCPFullAWSAccess, which AWS attaches.",
    "Write a Deny of what must not be allowed.",
    1286,
    "RCP_SYNTAX_ERROR_ALLOW"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.IsAllow && statement.Policy.Type == PolicyType.ResourceControlPolicy
            && !(statement.ConditionElement is null && statement.Action is { IsNot: false, Items: [{ Text: "*" }] }
                && statement.Resource is { IsNot: false, Items: [{ Text: "*" }] }))
        {
            findings.Add(statement.EffectElement!.Value.Value, "a resource control policy only denies");
        }
    }
}
