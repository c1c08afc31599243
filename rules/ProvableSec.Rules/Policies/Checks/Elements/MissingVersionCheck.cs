using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_VERSION</c> of IAM Access Analyzer.</summary>
internal sealed class MissingVersionCheck() : PolicyCheck(new Rule(
    "PSEC3211",
    "No Version",
    RuleSeverity.Warning,
    "Without Version, policy version 2008-10-17 applies, in which ${…} is literal text.",
    "Add \"Version\": \"2012-10-17\".",
    1286,
    "MISSING_VERSION"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Root.Kind == JsonKind.Object && policy.Version is null && policy.StatementElement is not null)
        {
            findings.Add(policy.Root, "the policy has no Version, so policy variables are literal text");
        }
    }
}
