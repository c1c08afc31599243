namespace ProvableSec.Bench.Peers;

/// <summary>An SMT solver as a process on one file.</summary>
internal sealed class SolverPeer(string program, params string[] options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public string Name => program;

    /// <summary>The first line of what it says of its version; null when it is not installed.</summary>
    public string? Version() => ProcessRun.TryRun(program, ["--version"], Limit)?.Output.Split('\n')[0].Trim();

    /// <summary>What it answers and the processor time (wall time where the system does not tell) in milliseconds.</summary>
    /// <returns>No answer when it takes too long, gives up, or says anything beside its answer.</returns>
    public (string? Answer, double Milliseconds) Solve(string file)
    {
        ProcessRun run = ProcessRun.TryRun(program, [.. options, file], Limit)!;
        string? answer = run.ExitCode == 0 ? run.Output.Trim() : null;
        return (answer is "sat" or "unsat" ? answer : null, (run.Cpu ?? run.Wall).TotalMilliseconds);
    }
}
