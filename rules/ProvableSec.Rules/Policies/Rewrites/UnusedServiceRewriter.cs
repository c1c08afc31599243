namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Takes away the actions of a service that is not used; with the last of them the statement.</summary>
internal sealed class UnusedServiceRewriter() : PolicyRewriter("PSEC2010")
{
    /// <summary>One that takes something from a service that is used is none.</summary>
    public override PolicyRewrite? Confirmed(PolicyRewrite rewrite, string policy, PolicyContext context) =>
        PolicyRelation.Keeps(policy, PolicyEdit.Apply(policy, rewrite.Edits), context) ? rewrite with { KeepsUsedServices = true } : null;

    public override IEnumerable<(string Title, PolicyEdit?[] Edits)> Drafts(CheckedPolicy policy, PolicyFinding finding)
    {
        if (StatementOf(policy, finding) is not { Action: { } actions } statement)
        {
            yield break;
        }

        if (actions.Items.Count > 1)
        {
            yield return ($"Remove {Shown(policy, finding)}", [JsonEdits.Remove(actions.Property.Value, finding.Span)]);
        }
        else if (JsonEdits.ContainerOf(policy.Root, statement.Element.Span) is { } list)
        {
            yield return ($"Remove the statement about {Shown(policy, finding)}", [JsonEdits.Remove(list, statement.Element.Span)]);
        }
    }
}
