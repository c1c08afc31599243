using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Logs.Proofs;

/// <summary>An answer about a filter.</summary>
/// <param name="Property">What was asked.</param>
/// <param name="Verdict">Proved, refuted, or neither.</param>
/// <param name="Rule">The id of the rule that the answer speaks of: the one asked about, or the one that drops the witness; else null.</param>
/// <param name="Witness">A complete log record that shows the violation, or for <see cref="FilterProperty.RuleIsMet"/> that the rule is met. It has been put
/// through the filter. Else null.</param>
/// <param name="Reason">Why neither is proved, or what the witness shows.</param>
/// <param name="Steps">What it cost; the same on every machine.</param>
public sealed record FilterProof(FilterProperty Property, Verdict Verdict, string? Rule, string? Witness, string Reason, long Steps);
