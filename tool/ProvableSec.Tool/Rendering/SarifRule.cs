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

    /// <summary>The tags of a rule; code scanning knows the first two forms.</summary>
    public static IReadOnlyList<string> TagsOf(Rule rule) => rule.IsOwn ? ["security"] : ["security", $"external/cwe/cwe-{rule.Cwe:000}", .. rule.Controls.Tags];
}
