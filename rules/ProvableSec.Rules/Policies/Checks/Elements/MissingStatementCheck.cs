using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_STATEMENT</c> of IAM Access Analyzer.</summary>
internal sealed class MissingStatementCheck() : PolicyCheck(new Rule(
    "PSEC3035",
    "No statement",
    RuleSeverity.Error,
    "A policy without a statement says nothing, and AWS rejects it.",
    "Add a Statement.",
    1286,
    "MISSING_STATEMENT"))
{
    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Root.Kind != JsonKind.Object)
        {
            return;
        }

        if (policy.StatementElement is not { } statements)
        {
            findings.Add(policy.Root, "the policy has no Statement");
        }
        else if (statements.Value is { Kind: JsonKind.Array, Count: 0 })
        {
            findings.Add(statements.Value, "Statement lists nothing");
        }
    }
}
