using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.Rules.Documents;

/// <summary>A policy in a document.</summary>
/// <param name="Text">The policy as JSON; its pieces are from the document.</param>
/// <param name="Context">What it is.</param>
/// <param name="TypeFrom">Where its type is from: <c>file name</c>, <c>content</c>, or the kind of document.</param>
/// <param name="Pointer">JSON pointer of the policy in the document.</param>
/// <param name="Owner">Whose policy it is, for people; empty for a document of its own.</param>
public sealed record FoundPolicy(MappedText Text, PolicyContext Context, string TypeFrom, string Pointer, string Owner)
{
    /// <summary>Roles, users and groups of the document that have the policy.</summary>
    internal IReadOnlyList<string> Holders { get; init; } = [];

    /// <summary>How many values are known only when the document is deployed.</summary>
    public int UnknownValues { get; init; }

    /// <summary>Checks the policy; spans and pointers of the findings are those of the document.</summary>
    public IReadOnlyList<PolicyFinding> Check(CancellationToken cancellation = default) => [.. PolicyChecks.Check(new SourceText(Text.Text), Context, cancellation).Select(InDocument)];

    /// <summary>The ways to mend a finding of <see cref="Check"/>, the best one first, as changes of <see cref="Text"/>.</summary>
    public IReadOnlyList<PolicyRewrite> RewritesOf(PolicyFinding finding) => finding.Own is { } own ? PolicyRewrites.Of(new SourceText(Text.Text), Context, own) : [];

    private PolicyFinding InDocument(PolicyFinding own) => own with { Span = Text.SourceOf(own.Span), Related = [.. own.Related.Select(Text.SourceOf)], Pointer = Pointer + own.Pointer, Own = own };
}
