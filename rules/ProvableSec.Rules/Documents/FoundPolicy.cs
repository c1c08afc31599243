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
    /// <summary>How many values are known only when the document is deployed.</summary>
    public int UnknownValues { get; init; }

    /// <summary>Checks the policy; spans and pointers of the findings are those of the document.</summary>
    public IReadOnlyList<PolicyFinding> Check(CancellationToken cancellation = default) => [.. Own(cancellation).Select(InDocument)];

    /// <summary>The ways to mend a finding, the best one first, as changes of <see cref="Text"/>.</summary>
    /// <param name="finding">A finding of <see cref="Check"/>; its span need not count in the document any more.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<PolicyRewrite> RewritesOf(PolicyFinding finding, CancellationToken cancellation = default)
    {
        if (!PolicyRewrites.Rules.Contains(finding.Rule))
        {
            return [];
        }

        PolicyFinding? own = Own(cancellation).FirstOrDefault(own => own.Rule == finding.Rule && Pointer + own.Pointer == finding.Pointer && own.Message == finding.Message);
        return own is null ? [] : PolicyRewrites.Of(new SourceText(Text.Text), Context, own);
    }

    private IReadOnlyList<PolicyFinding> Own(CancellationToken cancellation) => PolicyChecks.Check(new SourceText(Text.Text), Context, cancellation);

    private PolicyFinding InDocument(PolicyFinding finding) => finding with { Span = Text.SourceOf(finding.Span), Related = [.. finding.Related.Select(Text.SourceOf)], Pointer = Pointer + finding.Pointer };
}
