namespace ProvableSec.Mutation;

/// <summary>The test programs that a plan asks.</summary>
internal sealed class TestRuns(string root, IEnumerable<MutationRound> rounds) : IDisposable
{
    private readonly Dictionary<string, TestRun> byProject =
        rounds.Select(round => round.Tests).Distinct().ToDictionary(tests => tests, tests => new TestRun(root, tests), StringComparer.Ordinal);

    /// <summary>The program of a round.</summary>
    public TestRun Of(MutationRound round) => byProject[round.Tests];

    /// <summary>Puts an assembly beside each of them.</summary>
    public void Replace(string assembly, byte[] content)
    {
        foreach (TestRun run in byProject.Values)
        {
            run.Replace(assembly, content);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TestRun run in byProject.Values)
        {
            run.Dispose();
        }
    }
}
