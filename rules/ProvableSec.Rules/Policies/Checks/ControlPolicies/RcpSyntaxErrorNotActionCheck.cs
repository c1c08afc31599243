using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RCP_SYNTAX_ERROR_NOTACTION</c> of IAM Access Analyzer.</summary>
internal sealed class RcpSyntaxErrorNotActionCheck() : StatementCheck(new Rule(
    "PSEC3078",
    "NotAction in a resource control policy",
    RuleSeverity.Error,
    "Organizations rejects an RCP with NotAction.",
    "List the actions in Action.",
    1286,
    "RCP_SYNTAX_ERROR_NOTACTION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is { Policy.Type: PolicyType.ResourceControlPolicy, Action: { IsNot: true } action })
        {
            findings.Add(action.Property.NameElement, "a resource control policy has no NotAction");
        }
    }
}
