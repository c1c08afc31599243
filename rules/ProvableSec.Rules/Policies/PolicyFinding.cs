using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>A mistake in a policy.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Message">One sentence for a person, about this policy.</param>
/// <param name="Span">The offending characters of the checked text.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) of the offending value; empty for the whole document.</param>
public sealed record PolicyFinding(Rule Rule, string Message, TextRange Span, string Pointer)
{
    /// <summary>How bad it is: what the rule says, or milder where the message says why.</summary>
    public RuleSeverity Severity { get; init; } = Rule.Severity;

    /// <summary>The fingerprint that a scan of the text gives the same finding; null for what no scan looks for.</summary>
    internal string? Scanned { get; init; }

    /// <summary>The finding in the policy's own text, where this one is in the text of a document around it.</summary>
    internal PolicyFinding? Own { get; init; }

    /// <summary>The statement that it is about; null for a finding about the whole document, or about a text that is not a policy.</summary>
    public StatementAnchor? Statement { get; init; }

    /// <summary>
    /// A name for the finding that tells nothing of the policy: it stays when statements are inserted, when a policy of the document is, and when the text is
    /// laid out
    /// anew. Findings of one rule about equal values of one statement share it. A secret that a scan of the text finds as well has the name that the scan
    /// gives it.
    /// </summary>
    public string Fingerprint => Scanned ?? TextHash.Of(string.Join("\n", Rule.Id, Document, Statement?.Name, Within ?? Pointer));

    /// <summary>Where the policy stands in the document, by the names around it; empty for a document of its own.</summary>
    internal string Document { get; init; } = "";

    /// <summary>The pointer of the policy in the document.</summary>
    internal string Policy { get; init; } = "";

    /// <summary>Where in the statement the finding is, by names and value; null for what has no statement.</summary>
    internal string? Within { get; init; }

    /// <summary>Other characters that the finding is about, such as the statement that makes this one superfluous.</summary>
    public IReadOnlyList<TextRange> Related { get; init; } = [];

    /// <summary>True where it is not known whether there is anything to find; the message has the reason. Only checks of a project's own say so.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>A request that shows the finding, confirmed by the concrete evaluator; null where none is needed.</summary>
    public Witness? Witness { get; init; }
}
