namespace ProvableSec.Reasoning.Assumptions;

/// <summary>Something about AWS that a proof may rest on, and that can be switched off by its name.</summary>
/// <param name="Name">The name in answers, and for <c>--without</c>.</param>
/// <param name="Says">What is assumed.</param>
/// <param name="Source">Where AWS says so.</param>
public sealed record Assumption(string Name, string Says, string Source);
