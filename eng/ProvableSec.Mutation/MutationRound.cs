namespace ProvableSec.Mutation;

/// <summary>One run of a test program.</summary>
/// <param name="Tests">The test project.</param>
/// <param name="Filter">Which of its tests; none for all.</param>
internal sealed record MutationRound(string Tests, string[] Filter);
