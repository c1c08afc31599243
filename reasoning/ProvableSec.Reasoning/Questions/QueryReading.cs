using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>What became of reading a query.</summary>
/// <param name="Id">Its id as JSON text, even if the rest is broken; null when it has none.</param>
/// <param name="Query">The query; null when it has errors.</param>
/// <param name="Problems">Everything wrong with it, warnings too.</param>
public sealed record QueryReading(string? Id, Query? Query, ImmutableArray<PolicyProblem> Problems);
