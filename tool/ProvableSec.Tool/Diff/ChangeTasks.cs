using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Diff;

/// <summary>Finds the changes of many pairs, several at a time. An error of ours in one leaves the others alone.</summary>
/// <param name="console">Where everything goes.</param>
/// <param name="request">What was asked.</param>
internal sealed class ChangeTasks(CommandConsole console, DiffRequest request)
{
    /// <summary>The exit code that it comes to.</summary>
    public int Code { get; private set; } = ExitCodes.Success;

    /// <summary>Runs them.</summary>
    /// <param name="tasks">The name of each pair, and what finds its change.</param>
    /// <returns>The changes, in the order of the tasks; null for a pair without one.</returns>
    public PolicyChange?[] Run(IReadOnlyList<(string Name, Func<PolicyChange?> Find)> tasks)
    {
        var found = new PolicyChange?[tasks.Count];
        using var progress = new Progress(console, "policies");
        Parallel.For(0, tasks.Count, new ParallelOptions { MaxDegreeOfParallelism = request.Jobs }, i =>
        {
            try
            {
                found[i] = tasks[i].Find();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                found[i] = new PolicyChange(PolicyChangeKind.Changed, "", tasks[i].Name, "")
                {
                    Unknown = $"internal error ({e.GetType().Name}), a bug in provablesec",
                };
                lock (progress)
                {
                    Code = ExitCodes.InternalError;
                    console.Error.WriteLine(CrashBundle.Write([.. request.Arguments], e) is { } bundle
                        ? $"What to report is in {bundle}; it holds no content of any file." : e.ToString());
                }
            }

            lock (progress)
            {
                progress.Add(1);
            }
        });
        return found;
    }
}
