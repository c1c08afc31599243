using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>A named stack.</summary>
/// <param name="Stack">The stack; null when it has errors.</param>
/// <param name="Problems">The errors.</param>
/// <param name="Warnings">What is odd about it.</param>
internal sealed record ConfiguredStack(PolicyStack? Stack, ImmutableArray<PolicyProblem> Problems, ImmutableArray<PolicyProblem> Warnings);
