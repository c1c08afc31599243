using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>Takes the findings of the check that is at work.</summary>
internal sealed class PolicyFindings
{
    /// <summary>Findings of one rule in one policy that are listed; whoever has more does not read them one by one.</summary>
    public const int MostOfARule = 100;

    private readonly List<PolicyFinding> found = [];
    private readonly Dictionary<string, Listed> listed = new(StringComparer.Ordinal);

    /// <summary>The rule of the check that is at work.</summary>
    public Rule? Rule { get; set; }

    /// <summary>In the order of the text; of a rule with too many the last one counts the rest, and is as bad as the worst of them.</summary>
    public IReadOnlyList<PolicyFinding> InOrder() =>
    [
        .. found.Concat(listed.Values.Where(rule => rule.Rest is not null)
            .Select(rule => rule.Rest! with { Message = $"{rule.Count - MostOfARule} more findings of {rule.Rest.Rule.Id} begin here; they are not listed" }))
            .OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal),
    ];

    public void Add(JsonItem at, string message) => Add(at, message, Rule!.Severity);

    public void Add(JsonItem at, string message, Witness witness) => Add(at, message, Rule!.Severity, finding => finding with { Witness = witness });

    /// <summary>Says that it is not known whether there is anything to find.</summary>
    public void AddUnknown(JsonItem at, string message) => Add(at, message, RuleSeverity.Info, finding => finding with { IsUnknown = true });

    /// <summary>Adds a finding that is about something else, too.</summary>
    public void Add(JsonItem at, string message, JsonItem related) => Add(at, message, Rule!.Severity, finding => finding with { Related = [related.Span] });

    /// <summary>Adds a finding that is milder than its rule; the message says why.</summary>
    public void Add(JsonItem at, string message, RuleSeverity severity) => Add(at, message, severity, null);

    public void Add(CheckedText at, string message) => Add(at.Element, message);

    public void Add(TextRange span, string pointer, string message) => Add(Rule!.Severity, () => new PolicyFinding(Rule!, message, span, pointer));

    private void Add(JsonItem at, string message, RuleSeverity severity, Func<PolicyFinding, PolicyFinding>? more) => Add(severity, () =>
    {
        var finding = new PolicyFinding(Rule!, message, at.Span, at.Pointer) { Severity = severity };
        return more is null ? finding : more(finding);
    });

    /// <summary>Makes the finding where it is wanted only: its pointer costs a walk through the document.</summary>
    private void Add(RuleSeverity severity, Func<PolicyFinding> make)
    {
        if (!listed.TryGetValue(Rule!.Id, out Listed? rule))
        {
            listed.Add(Rule.Id, rule = new Listed());
        }

        if (++rule.Count <= MostOfARule)
        {
            found.Add(make());
            return;
        }

        rule.Rest ??= make();
        if (severity > rule.Rest.Severity)
        {
            rule.Rest = rule.Rest with { Severity = severity };
        }
    }

    private sealed class Listed
    {
        public int Count { get; set; }

        public PolicyFinding? Rest { get; set; }
    }
}
