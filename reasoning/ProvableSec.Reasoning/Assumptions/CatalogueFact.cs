using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>Something that the service data say never occurs.</summary>
/// <param name="Formula">The fact.</param>
/// <param name="Says">The fact in words.</param>
internal sealed record CatalogueFact(Formula Formula, string Says);
