using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_ACTION_IN_POLICY</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedActionInPolicyCheck() : ActionCheck(new Rule(
    "PSEC3044",
    "Action that the policy's resource does not support",
    RuleSeverity.Error,
    "A policy of a resource is only asked about actions on that resource; the statement does nothing for this one.",
    "Remove the action, or move it to a policy of the resource it is about.",
    1286,
    "UNSUPPORTED_ACTION_IN_POLICY"))
{
    protected override void Check(CheckedStatement statement, CheckedText action, PolicyFindings findings)
    {
        if (statement.Policy.Type == PolicyType.Resource && statement.Policy.Context.ResourceType is { } type && ResourceOwners.ServicesOf(type) is { } services
            && ActionNames.TrySplit(action.Text, out string prefix, out _) && !services.Any(service => GlobText.Overlap(prefix, service, foldCase: true)))
        {
            findings.Add(action, $"a policy of {type} decides about actions of {string.Join(", ", services)} only, not about {action.Shown}");
        }
    }
}
