namespace ProvableSec.Mutation;

/// <summary>A round, after it was run without any change: what it leaves out and how long it may take is known.</summary>
internal sealed class RoundInUse
{
    private readonly TestRun run;
    private readonly MutationRound round;
    private readonly string[] filter;
    private readonly TimeSpan limit;

    private RoundInUse(TestRun run, MutationRound round, string[] filter, TimeSpan limit)
    {
        this.run = run;
        this.round = round;
        this.filter = filter;
        this.limit = limit;
    }

    /// <summary>Runs it without any change.</summary>
    public static RoundInUse Prepare(TestRun run, MutationRound round)
    {
        // Some random tests say how many of their cases are to be of a kind; with few cases they fail, and are asked with all of them only.
        string[] failures = run.Failures(round.Filter, round.AllCases, stop: false, TimeSpan.FromMinutes(20));
        if (failures.Length > 0 && (round.AllCases || failures.Any(f => !f.Contains('.', StringComparison.Ordinal))))
        {
            throw new InvalidOperationException($"the tests fail without any change: {failures[0]}");
        }

        Console.WriteLine($"  {round.Tests} [{string.Join(' ', round.Filter)}{(round.AllCases ? " with all cases" : "")}] takes "
            + $"{run.ProcessorTime.TotalSeconds:0.0} s of processor time{(failures.Length > 0 ? ", without " + string.Join(", ", failures) : "")}");
        string[] without = failures.Length == 0 ? [] : ["--filter-not-method", .. failures];
        return new RoundInUse(run, round, [.. round.Filter, .. without], TimeSpan.FromSeconds(5) + (3 * run.ProcessorTime));
    }

    /// <summary>The test that fails, "time limit", or null when all pass.</summary>
    public string? FirstFailure() => run.Failures(filter, round.AllCases, stop: true, limit).FirstOrDefault();
}
