using System.Collections.Immutable;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>What became of reading a case.</summary>
/// <param name="Id">Its id as JSON text, even if the rest is broken; null when it has none.</param>
/// <param name="Case">The case; null when it has errors.</param>
/// <param name="Problems">Everything wrong with it, warnings too.</param>
public sealed record CaseReading(string? Id, AccessCase? Case, ImmutableArray<PolicyProblem> Problems);
