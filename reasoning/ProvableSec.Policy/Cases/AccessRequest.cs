using System.Collections.Immutable;

namespace ProvableSec.Policy.Cases;

/// <summary>One request to AWS, complete: what it does not say is absent. Immutable.</summary>
/// <param name="Principal">Who asks.</param>
/// <param name="Action">The action, such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">The ARN of the resource, or <c>*</c> where the action has none.</param>
/// <param name="ResourceAccount">The account the resource belongs to; null to take it from the ARN, or else the principal's.</param>
/// <param name="Context">The condition keys the case lists, in its order; keys that follow from the rest are derived by the evaluator.</param>
public sealed record AccessRequest(
    CallerPrincipal Principal,
    string Action,
    string Resource,
    string? ResourceAccount,
    ImmutableArray<ContextEntry> Context)
{
    /// <summary>The request in one line, for people.</summary>
    public override string ToString()
    {
        string text = $"{Principal.Name} · {Action} · {Resource}";
        foreach (ContextEntry entry in Context)
        {
            text += entry.Values.IsEmpty ? $" · no {entry.Key}" : $" · {entry.Key} = {string.Join(", ", entry.Values)}";
        }

        return text;
    }
}
