using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Configurations;

/// <summary>A policy document that a configuration lists.</summary>
/// <param name="File">Its path, as messages write it.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Findings">What is wrong with it.</param>
internal sealed record ConfiguredDocument(string File, PolicyType Type, ImmutableArray<PolicyProblem> Findings);
