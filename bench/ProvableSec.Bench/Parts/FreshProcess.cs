using System.Diagnostics;
using System.Globalization;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;

namespace ProvableSec.Bench.Parts;

/// <summary>This program once more, to answer a single query with nothing compiled yet.</summary>
internal static class FreshProcess
{
    public const string Command = "answer-one";

    /// <summary>Milliseconds from the text of a query to its answer in a new process, and of the process as a whole.</summary>
    public static (double Inside, double Whole) Answer(string line)
    {
        ProcessRun run = ProcessRun.TryRun(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "ProvableSec.Bench.dll"), Command], TimeSpan.FromSeconds(60), line)!;
        return (double.Parse(run.Output, CultureInfo.InvariantCulture), run.Wall.TotalMilliseconds);
    }

    /// <summary>The other side of <see cref="Answer"/>.</summary>
    /// <returns>The exit code.</returns>
    public static int AnswerStandardInput()
    {
        string line = Console.In.ReadToEnd();
        long start = Stopwatch.GetTimestamp();
        _ = Prover.Answer(SolverQuestion.ReadQuery(line));
        Console.Out.Write(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
