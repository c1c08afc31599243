using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>Takes the findings of the check that is at work.</summary>
internal sealed class PolicyFindings
{
    private readonly List<PolicyFinding> found = [];

    /// <summary>The rule of the check that is at work.</summary>
    public Rule? Rule { get; set; }

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<PolicyFinding> InOrder() => [.. found.OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)];

    public void Add(JsonElement at, string message) => Add(at.Span, at.Pointer, message);

    public void Add(JsonElement at, string message, Witness witness) => found.Add(new PolicyFinding(Rule!, message, at.Span, at.Pointer) { Witness = witness });

    /// <summary>Adds a finding that is about something else, too.</summary>
    public void Add(JsonElement at, string message, JsonElement related) => found.Add(new PolicyFinding(Rule!, message, at.Span, at.Pointer) { Related = [related.Span] });

    /// <summary>Adds a finding that is milder than its rule; the message says why.</summary>
    public void Add(JsonElement at, string message, RuleSeverity severity) => found.Add(new PolicyFinding(Rule!, message, at.Span, at.Pointer) { Severity = severity });

    public void Add(CheckedText at, string message) => Add(at.Element, message);

    public void Add(TextSpan span, string pointer, string message) => found.Add(new PolicyFinding(Rule!, message, span, pointer));
}
