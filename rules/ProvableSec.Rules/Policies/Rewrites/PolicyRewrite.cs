using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>A way to fix a finding by changing the policy's text.</summary>
/// <param name="Rule">The rule of the finding.</param>
/// <param name="Title">What it does, for people, without the relation.</param>
/// <param name="Edits">The changes, in the characters of the policy's text.</param>
/// <param name="Relation">What becomes of the requests that the policy allows, or denies.</param>
/// <param name="Witness">For a wider policy a request that it allows and the old one does not, where there is one; it has been replayed.</param>
/// <param name="Given">The assumptions that the proof needs.</param>
public sealed record PolicyRewrite(Rule Rule, string Title, ImmutableArray<PolicyEdit> Edits, RewriteRelation Relation, Witness? Witness,
    ImmutableArray<string> Given)
{
    /// <summary>True where the requests to services that are used are proved to be allowed as before.</summary>
    public bool KeepsUsedServices { get; init; }

    /// <summary>True where nothing can be lost that the finding's policy was meant to forbid: such a rewrite may be made without asking.</summary>
    public bool IsSafe => Relation != RewriteRelation.Wider;

    /// <summary>The title, the relation and the assumptions that it rests on.</summary>
    public string FullDescription => Given.IsEmpty ? Description : $"{Description} (given: {string.Join(", ", Given)})";

    /// <summary>The title and the relation.</summary>
    public string Description => $"{Title} ({Relation switch
    {
        RewriteRelation.Equivalent => "proved: allows the same requests",
        RewriteRelation.Narrower => KeepsUsedServices
            ? "proved: allows less, nothing new, and as much as before of every service that is used" : "proved: allows less, nothing new",
        _ => Witness is { } witness ? $"allows more: {witness.Request.Action} on {CheckedText.Quoted(witness.Request.Resource)}" : "allows more",
    }})";
}
