using System.Collections.Immutable;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Configurations;

/// <summary>A property of a configuration.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Says">The claim in words; empty when it has none.</param>
/// <param name="Severity">How a violation is reported.</param>
/// <param name="Expect">The verdict that is wanted.</param>
/// <param name="File">The file that it stands in: the configuration, or one that it extends.</param>
/// <param name="Position">Where it stands there.</param>
/// <param name="Questions">What to ask: one question for each stack, or one without a stack. Empty when it cannot be asked.</param>
/// <param name="Problems">Why it cannot be asked.</param>
/// <param name="Warnings">What is odd about it.</param>
internal sealed record ConfiguredProperty(
    string Id,
    string Says,
    Severity Severity,
    Verdict Expect,
    string File,
    LinePosition Position,
    ImmutableArray<ConfiguredQuestion> Questions,
    ImmutableArray<PolicyProblem> Problems,
    ImmutableArray<PolicyProblem> Warnings)
{
    /// <summary>Who answers for it; empty where nobody is named.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Why it is claimed; empty where nobody says.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>The violations that are accepted for a time.</summary>
    public ImmutableArray<PropertyWaiver> Waivers { get; init; } = [];
}
