namespace ProvableSec.Mutation;

/// <summary>One run of a test program.</summary>
/// <param name="Tests">The test project.</param>
/// <param name="Filter">Which of its tests; none for all.</param>
/// <param name="AllCases">Whether random tests try as many cases as they do in CI, or <see cref="TestRun.FewCases"/> each.</param>
internal sealed record MutationRound(string Tests, string[] Filter, bool AllCases = false);
