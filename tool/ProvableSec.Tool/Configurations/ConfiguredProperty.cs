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
/// <param name="Position">Where it stands.</param>
/// <param name="Questions">What to ask: one question for each stack, or one without a stack. Empty when it cannot be asked.</param>
/// <param name="Problems">Why it cannot be asked.</param>
/// <param name="Warnings">What is odd about it.</param>
internal sealed record ConfiguredProperty(
    string Id,
    string Says,
    Severity Severity,
    Verdict Expect,
    LinePosition Position,
    ImmutableArray<(string? Stack, Query Query)> Questions,
    ImmutableArray<PolicyProblem> Problems,
    ImmutableArray<PolicyProblem> Warnings);
