using System.Globalization;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;

namespace ProvableSec.Bench.Parts;

/// <summary><c>diff</c> as a process, on a repository of 2,000 policies of which a branch changes 50: alone, and with all verdicts known.</summary>
internal sealed class DiffPart : IBenchPart
{
    private const int Policies = 2000, Changed = 50;

    public string Name => "diff";

    public void Run(BenchOptions options, Report report)
    {
        if (ManagedPolicy.ReadAll(SharedFolder.BesideRepository, report) is not { } managed)
        {
            return;
        }

        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            var random = new Random(20260101);
            Directory.CreateDirectory(Path.Combine(folder, "policies"));
            for (int i = 0; i < Policies; i++)
            {
                File.WriteAllText(FileOf(folder, i), managed[i % managed.Count].Text);
            }

            if (!Git(folder, "init", "-q", "-b", "main") || !Git(folder, "add", ".")
                || !Git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "policies"))
            {
                report.Remark("git is not there, so that diff is not measured");
                return;
            }

            int[] places = [.. Enumerable.Range(0, Policies)];
            random.Shuffle(places);
            foreach (int i in places.Take(Changed))
            {
                File.WriteAllText(FileOf(folder, i), PolicyChange.Of(managed[i % managed.Count], managed, random).Text);
            }

            string cache = Path.Combine(folder, ".git", "provablesec");
            Diff(folder, "50 of 2,000 policies", 5, report);
            Diff(folder, "50 of 2,000 policies, filling a cache", 5, report, "--cache", cache);
            Diff(folder, "50 of 2,000 policies, from a cache", 1, report, "--cache", cache);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Diff(string folder, string name, double seconds, Report report, params string[] options)
    {
        ProcessRun run =
            ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "provablesec.dll"), "diff", "main", "--repository", folder, .. options],
            TimeSpan.FromMinutes(10))!;
        if (run.ExitCode is not (0 or 1 or 3))
        {
            report.Fault($"diff ended with {run.ExitCode}");
            return;
        }

        report.AddAtMost(name, run.Wall.TotalSeconds, "s", seconds, $"processor time {run.Cpu?.TotalSeconds:0.0} s");
    }

    private static bool Git(string folder, params string[] arguments) =>
        ProcessRun.TryRun("git", ["-C", folder, .. arguments], TimeSpan.FromMinutes(1)) is { ExitCode: 0 };

    private static string FileOf(string folder, int i) => Path.Combine(folder, "policies", string.Create(CultureInfo.InvariantCulture, $"p{i:0000}.json"));
}
