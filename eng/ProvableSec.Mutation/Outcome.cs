namespace ProvableSec.Mutation;

/// <summary>What became of a mutant: a line of the results file.</summary>
/// <param name="Folder">The folder measured.</param>
/// <param name="Seed">What drew it.</param>
/// <param name="Mutant">The mutant's name.</param>
/// <param name="Killer">The test that failed; null when all passed.</param>
internal sealed record Outcome(string Folder, string Seed, string Mutant, string? Killer);
