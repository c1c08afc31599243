namespace ProvableSec.Logs.Rules;

/// <summary>A rule of a filter. The first rule whose condition a record meets decides. Immutable.</summary>
/// <param name="Id">What counts and proofs call it.</param>
/// <param name="When">The records it speaks of.</param>
/// <param name="Then">What is done with them.</param>
/// <param name="OneIn">For <see cref="RuleAction.Sample"/>: of how many records one is kept, 2 or more; else 1.</param>
public sealed record LogRule(string Id, LogCondition When, RuleAction Then, int OneIn = 1);
