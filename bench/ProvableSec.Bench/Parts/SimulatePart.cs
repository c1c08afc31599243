using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>The tool as a process on a large file of cases, beside a JSON filter that only prints the lines again.</summary>
internal sealed class SimulatePart : IBenchPart
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "simulate";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            // A tenth first: memory that does not grow with the input is the point, and the file is in the page cache for all.
            string small = Path.Combine(folder, "small.ndjson"), large = Path.Combine(folder, "large.ndjson");
            long smallBytes = WriteCases(small, options.Megabytes * 100_000L, out _);
            long bytes = WriteCases(large, options.Megabytes * 1_000_000L, out int cases);
            ProcessRun tenth = Simulate(small, report);
            ProcessRun run = Simulate(large, report);
            double megabytes = bytes / 1e6, rate = megabytes / run.Wall.TotalSeconds;
            report.Add("input", megabytes, "MB", $"{cases} cases of {bytes / cases} bytes, {run.OutputBytes / 1e6:0.0} MB of answers");
            report.AddAtLeast("simulate", rate, "MB/s", 250, "wall, start of the process included");
            report.Add("cases", cases / run.Wall.TotalSeconds, "/s");
            if (run.Cpu is { } cpu)
            {
                report.Add("processor time", cpu.TotalSeconds, "s", $"{megabytes / cpu.TotalSeconds:0} MB/s per core");
            }

            report.Add("peak memory", run.PeakBytes / 1e6, "MB", $"{tenth.PeakBytes / 1e6:0} MB on {smallBytes / 1e6:0} MB of input");
            ComparePeer(large, rate, megabytes, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long WriteCases(string path, long bytes, out int cases)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        long written = 0;
        for (cases = 0; written < bytes; cases++)
        {
            string line = TypicalCase.Line(cases);
            file.WriteLine(line);
            written += line.Length + 1;
        }

        return written;
    }

    private static ProcessRun Simulate(string file, Report report)
    {
        ProcessRun run = ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "provablesec.dll"), "simulate", file], Limit)
            ?? throw new InvalidOperationException("dotnet is not on the PATH");
        if (run.ExitCode != 0)
        {
            report.Fault($"simulate ended with {run.ExitCode}");
        }

        return run;
    }

    private static void ComparePeer(string file, double rate, double megabytes, Report report)
    {
        if (ProcessRun.TryRun("jq", ["-c", ".", file], Limit) is not { } peer)
        {
            report.Remark("peer jq is not installed");
            return;
        }

        double peerRate = megabytes / peer.Wall.TotalSeconds;
        report.Add("jq -c . on the same file", peerRate, "MB/s", $"peak {peer.PeakBytes / 1e6:0} MB; it decides nothing");
        report.Add("simulate / jq", rate / peerRate, "x");
    }
}
