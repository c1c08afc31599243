using System.Diagnostics;

namespace ProvableSec.Mutation;

/// <summary>Runs a test program in a copy of its folder, in which one assembly is another.</summary>
internal sealed class TestRun : IDisposable
{
    /// <summary>How many cases a random test tries: a mutant costs seconds then, and most that are noticed at all are noticed by them.</summary>
    public const string FewCases = "10";

    private const int NothingMatched = 8;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"provablesec-mutation-{Environment.ProcessId}-{Guid.NewGuid():N}");
    private readonly string tests;

    public TestRun(string root, string tests)
    {
        this.tests = tests;
        string built = Path.Combine(root, "tests", tests, "bin", "Release", "net10.0");
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    /// <summary>The processor time that the last run took.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    /// <summary>The tests that fail, without the values of their cases; or what else ended the run.</summary>
    /// <param name="filter">Which tests.</param>
    /// <param name="allCases">Whether random tests try all their cases.</param>
    /// <param name="stop">Whether to stop at the first.</param>
    /// <param name="limit">Of processor time, so that what else the machine does kills no mutant; one that waits ends after twenty times as long.</param>
    public string[] Failures(string[] filter, bool allCases, bool stop, TimeSpan limit)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, tests))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PROVABLESEC_SOAK"] = allCases ? null : FewCases;
        start.Environment["PROVABLESEC_SEED"] = allCases ? null : "20260101";
        foreach (string argument in (string[])[.. filter, "--filter-not-trait", "Category=Corpus", "Category=Arm64", "Category=Foreign",
            "--stop-on-fail", stop ? "on" : "off", "--parallel", "none", "--progress", "off"])
        {
            start.ArgumentList.Add(argument);
        }

        ProcessorTime = TimeSpan.Zero;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!process.WaitForExit(Look))
        {
            ProcessorTime = Spent(process) ?? ProcessorTime;
            if (ProcessorTime > limit || watch.Elapsed > 20 * limit)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return ["time limit"];
            }
        }

        if (process.ExitCode is 0)
        {
            return [];
        }

        if (process.ExitCode == NothingMatched)
        {
            throw new InvalidOperationException($"no test of {tests} matches {string.Join(' ', filter)}");
        }

        string[] failed = [.. output.Result.Split('\n').Where(l => l.StartsWith("failed ", StringComparison.Ordinal))
            .Select(l => l["failed ".Length..].Split('(', 2)[0].Trim()).Distinct()];
        return failed.Length > 0 ? failed : [$"exit code {process.ExitCode}: {errors.Result.Split('\n').FirstOrDefault()}"];
    }

    public void Replace(string assembly, byte[] content) => File.WriteAllBytes(Path.Combine(folder, assembly), content);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>None when the process ended between two looks.</summary>
    private static TimeSpan? Spent(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
