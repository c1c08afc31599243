using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Takes what is found in one document.</summary>
/// <param name="now">The time by which a pre-signed URL has expired or not.</param>
internal sealed class DeploymentFindings(DateTimeOffset now)
{
    private readonly PolicyFindings found = new();
    private readonly Dictionary<(string Rule, int Start), (bool IsWritten, string Owner, string Name, TextRange? Hidden)> about = [];

    /// <summary>Tells what credential a text holds.</summary>
    public CredentialScanner Scanner { get; } = new(now, AllowedCredentials.None);

    /// <summary>Adds a hard-coded secret; a value that is found in several ways is one finding.</summary>
    public void AddWritten(Rule rule, JsonItem at, string owner, string name, string message) =>
        Add(rule, at, owner, name, message, rule.Severity, isWritten: true);

    /// <summary>Adds a finding that is not a secret itself.</summary>
    public void Add(Rule rule, JsonItem at, string owner, string message) => Add(rule, at, owner, "", message, rule.Severity, isWritten: false);

    /// <summary>Adds a finding that is not a secret itself, with a severity milder than its rule's; the message says why.</summary>
    public void Add(Rule rule, JsonItem at, string owner, string message, RuleSeverity severity) =>
        Add(rule, at, owner, "", message, severity, isWritten: false);

    /// <summary>Adds a finding that is not a secret itself, about a value that may be one.</summary>
    public void AddBeside(Rule rule, JsonItem at, JsonItem value, string owner, string message) =>
        Add(rule, at, owner, "", message, rule.Severity, isWritten: false, value.Span);

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<DeploymentFinding> InOrder() =>
    [
        .. found.InOrder().Select(finding => about.TryGetValue((finding.Rule.Id, finding.Span.Start), out var known)
            ? new DeploymentFinding(finding, known.IsWritten, known.Owner, known.Name)
            {
                Value = known.Hidden ?? finding.Span,
                IsHidden = known.IsWritten || known.Hidden is not null
            }
            : new DeploymentFinding(finding, IsWritten: true, "", "")),
    ];

    private void Add(Rule rule, JsonItem at, string owner, string name, string message, RuleSeverity severity, bool isWritten, TextRange? hidden = null)
    {
        if (about.ContainsKey((rule.Id, at.Span.Start)))
        {
            return;
        }

        about.Add((rule.Id, at.Span.Start), (isWritten, owner, name, hidden));
        found.Rule = rule;
        found.Add(at, message, severity);
    }
}
