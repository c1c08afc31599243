using ProvableSec.Rules;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>A rule as SARIF lists it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">What it is about, in a sentence.</param>
/// <param name="Severity">How bad a finding is unless it says otherwise.</param>
/// <param name="Help">Why it matters and what to do; null for nothing.</param>
internal sealed record SarifRule(string Id, string Says, Severity Severity, string? Help = null)
{
    /// <summary>What others call what it is about: weaknesses, techniques, controls.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where its page is read; null where nobody knows.</summary>
    public string? HelpUri { get; init; }

    /// <summary>A rule of the catalogue, or one of the user's own.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="repository">The public address of the repository, null for none.</param>
    public static SarifRule Of(Rule rule, string? repository) =>
        new(rule.Id, rule.Title, Severities.Of(rule.Severity),
            $"{rule.Why} {rule.Remedy}{(rule.IsOwn ? "" : $" (CWE-{rule.Cwe}{(rule.AccessAnalyzer is { } code ? ", IAM Access Analyzer " + code : "")})")}")
        {
            Tags = TagsOf(rule),
            HelpUri = rule.IsOwn ? null : RuleLink.To(rule, repository),
        };

    /// <summary>A rule of the catalogue.</summary>
    public static SarifRule Of(Rule rule) => Of(rule, RuleLink.Repository);

    /// <summary>The tags of a rule; code scanning knows the first two forms.</summary>
    private static IReadOnlyList<string> TagsOf(Rule rule) => rule.IsOwn ? ["security"]
        : ["security", $"external/cwe/cwe-{rule.Cwe:000}", .. rule.Controls.Tags];
}
