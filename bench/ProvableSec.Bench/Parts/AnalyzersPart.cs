using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;

namespace ProvableSec.Bench.Parts;

/// <summary>The C# compiler on most of this repository, with the analyzers and without: what it says that they took, and its processor time.</summary>
internal sealed partial class AnalyzersPart : IBenchPart
{
    private const int Runs = 7;

    // What projects of users reference, so that no rule is spared for want of the types it is about.
    private const string Types =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        namespace Amazon.Runtime { public abstract class AWSCredentials; public abstract class AmazonServiceClient; }
        namespace Amazon.SecretsManager { public class AmazonSecretsManagerClient; }
        namespace Npgsql { public class NpgsqlConnection; }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "analyzers";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            IReadOnlyList<string> files = new SourceTree(SharedFolder.InRepository("")).Files("reasoning", "rules", "runtime/ProvableSec.Logs", "runtime/ProvableSec.Logs.Proofs", "tool");
            report.Add("input", files.Sum(file => File.ReadLines(file).LongCount()), "lines", $"{files.Count} files");
            string[] arguments = Arguments(folder, files);
            string[] analyzers = [.. new[] { "ProvableSec.Analyzers.dll", "ProvableSec.Rules.dll", "ProvableSec.Reasoning.dll", "ProvableSec.Policy.dll", "ProvableSec.ServiceData.dll" }.Select(file => "-analyzer:" + Path.Combine(AppContext.BaseDirectory, file))];
            var alone = new List<double>();
            var beside = new List<double>();
            var with = new List<double>();
            var without = new List<double>();
            for (int i = 0; i < Runs; i++)
            {
                // By turns, so that whatever else the machine does falls on both.
                without.Add(Compile(arguments, report).Cpu?.TotalSeconds ?? double.NaN);
                ProcessRun run = Compile([.. arguments, .. analyzers, "-reportanalyzer"], report);
                with.Add(run.Cpu?.TotalSeconds ?? double.NaN);
                beside.Add(Reported(run));
                alone.Add(Reported(Compile([.. arguments, .. analyzers, "-reportanalyzer", "-parallel-"], report)));
            }

            // As dotnet build has it; it ends by itself soon after the last run.
            string[] server = [$"-shared:provablesec-bench-{Environment.ProcessId}", "-keepalive:10", "-reportanalyzer"];
            double[] served = [.. Enumerable.Range(0, Runs).Select(_ => Reported(Compile([.. arguments, .. analyzers, .. server], report)))];
            report.AddAtMost("all rules, as the compiler server reports, first build", served[0], "s", 0.1);
            report.AddAtMost("the same, any build", Measurement.Median(served), "s", 0.1, $"median of {Runs}");
            report.AddAtMost("all rules, one thread and no server", Measurement.Median([.. alone]), "s", 0.1, $"their own compilation to machine code included, median of {Runs}");
            report.Add("all rules, all cores and no server", Measurement.Median([.. beside]), "s", "by the clock, so that it holds what each waits for the other threads");
            double plain = Measurement.Median([.. without]);
            report.Add("compiler without analyzers, processor time", plain, "s", "a process of its own: no compiler server");
            report.AddAtMost("processor time more with them", (Measurement.Median([.. with]) / plain * 100) - 100, "%", 10);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Arguments(string folder, IReadOnlyList<string> files)
    {
        string types = Path.Combine(folder, "Types.cs"), response = Path.Combine(folder, "compile.rsp");
        File.WriteAllText(types, Types);
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("ProvableSec", StringComparison.Ordinal) && Path.GetFileName(file) != "provablesec.dll");
        // Generators that the sources count on come with the framework's reference assemblies.
        IEnumerable<string> generators = Directory.EnumerateFiles(Newest(Path.Combine(DotnetRoot(), "packs", "Microsoft.NETCore.App.Ref")), "*.dll", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "cs");
        File.WriteAllLines(response,
        [
            "-nologo", "-nostdlib", "-target:exe", "-langversion:latest", "-nullable:enable", "-unsafe", "-debug-", "-optimize+", "-warn:0", "-deterministic", "-out:" + Quoted(Path.Combine(folder, "out.dll")),
            .. references.Select(file => "-reference:" + Quoted(file)),
            .. generators.Select(file => "-analyzer:" + Quoted(file)),
            .. files.Append(types).Select(Quoted),
        ]);
        return [Path.Combine(Newest(Path.Combine(DotnetRoot(), "sdk")), "Roslyn", "bincore", "csc.dll"), "-noconfig", "@" + response];
    }

    private static double Reported(ProcessRun run) => OwnTime().Matches(run.Output).Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static ProcessRun Compile(string[] arguments, Report report)
    {
        ProcessRun run = ProcessRun.TryRun("dotnet", arguments, Limit) ?? throw new InvalidOperationException("dotnet is not on the PATH");
        if (run.ExitCode != 0)
        {
            report.Fault($"the compiler ended with {run.ExitCode}: {run.Output[..Math.Min(run.Output.Length, 300)]}");
        }

        return run;
    }

    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Newest(string folder) =>
        Directory.EnumerateDirectories(folder).OrderBy(version => Version.TryParse(Path.GetFileName(version).Split('-')[0], out Version? parsed) ? parsed : new Version()).Last();

    private static string Quoted(string path) => $"\"{path}\"";

    // "    0.045   50      ProvableSec.Analyzers.CredentialAnalyzer (PSEC1001, …)": a line for each analyzer below that of its assembly.
    [GeneratedRegex(@"^\s*<?(\d+\.\d+)\s+<?\d+\s+ProvableSec\.Analyzers\.[\w.]+ \(", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex OwnTime();
}
