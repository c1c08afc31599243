using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Leaves out what adds nothing: an item of a list, a statement, a member.</summary>
internal sealed class RemoveRewriter() : PolicyRewriter(
    "PSEC3401", "REDUNDANT_ACTION", "REDUNDANT_RESOURCE", "REDUNDANT_STATEMENT", "EMPTY_SID_VALUE", "EMPTY_OBJECT_CONDITION",
    "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION", "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY", "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION")
{
    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        if (ContainerOf(policy, finding) is not { } container)
        {
            yield break;
        }

        bool isStatement = policy.Statements.Any(statement => statement.Element.Span == finding.Span);
        yield return (isStatement ? "Remove the statement" : finding.Rule.AccessAnalyzer is "EMPTY_SID_VALUE" ? "Remove the empty Sid"
            : $"Remove {Shown(policy, finding)}", [JsonEdits.Remove(container, finding.Span)]);

        // The only line of its block goes with the block.
        if (container.Kind == JsonKind.Object && container.Count == 1 && JsonEdits.ContainerOf(policy.Root, container.Span) is { } outer)
        {
            yield return ("Remove the condition", [JsonEdits.Remove(outer, container.Span)]);
            if (outer.Count == 1 && JsonEdits.ContainerOf(policy.Root, outer.Span) is { } statement)
            {
                yield return ("Remove the condition", [JsonEdits.Remove(statement, outer.Span)]);
            }
        }
    }
}
