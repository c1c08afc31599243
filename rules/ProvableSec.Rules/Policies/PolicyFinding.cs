using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>A mistake in a policy.</summary>
/// <param name="Rule">What it is.</param>
/// <param name="Message">One sentence for a person, about this policy.</param>
/// <param name="Span">The offending characters of the checked text.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) of the offending value; empty for the whole document.</param>
public sealed record PolicyFinding(Rule Rule, string Message, TextSpan Span, string Pointer)
{
    /// <summary>How bad it is: what the rule says, or milder where the message says why.</summary>
    public RuleSeverity Severity { get; init; } = Rule.Severity;

    /// <summary>The finding in the policy's own text, where this one is in the text of a document around it.</summary>
    internal PolicyFinding? Own { get; init; }

    /// <summary>Other characters that the finding is about, such as the statement that makes this one superfluous.</summary>
    public IReadOnlyList<TextSpan> Related { get; init; } = [];

    /// <summary>A request that shows the finding, confirmed by the concrete evaluator; null where none is needed.</summary>
    public Witness? Witness { get; init; }
}
