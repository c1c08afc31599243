using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Some value of a key matches none of a condition's values, of which some have policy variables.</summary>
/// <param name="Formula">The Boolean.</param>
/// <param name="Key">The key.</param>
/// <param name="Mode">How values are compared.</param>
/// <param name="Values">The condition's values.</param>
internal sealed record VariableMiss(Formula Formula, RequestVariable Key, MatchMode Mode, ImmutableArray<PolicyPattern> Values);
