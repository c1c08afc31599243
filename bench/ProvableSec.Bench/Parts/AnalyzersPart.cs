using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;

namespace ProvableSec.Bench.Parts;

/// <summary>
/// The C# compiler on a large part of this repository, its policies made none, with the analyzers that ship and without: what it says that they took, and its
/// processor time. Then on one policy.
/// </summary>
internal sealed partial class AnalyzersPart : IBenchPart
{
    private const int Runs = 5, Typical = 6_000;
    private const double Lines = 35_000, MostSeconds = 0.13;

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
            IReadOnlyList<string> files = [.. new SourceTree(Repository.Path("")).Files("reasoning").Select(file => WithoutPolicies(file, folder))];
            long lines = files.Sum(file => File.ReadLines(file).LongCount());
            report.Add("input", lines, "lines", $"{files.Count} files");
            string[] arguments = Arguments(folder, files);
            // What ships, which is built for older frameworks than this.
            string shipped = Repository.Path($"analyzers/ProvableSec.Analyzers/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/netstandard2.0");
            string[] analyzers =
                [.. new[] { "ProvableSec.Analyzers.dll", "ProvableSec.Rules.dll", "ProvableSec.Reasoning.dll", "ProvableSec.Policy.dll",
                "ProvableSec.ServiceData.dll" }.Select(file => "-analyzer:" + Path.Combine(shipped, file))];
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

            // As dotnet build has it, but in one thread, since the compiler reports what passes by the clock, waiting for other threads included. The server
            // ends
            // by itself soon after the last run.
            string[] server = [$"-shared:provablesec-bench-{Environment.ProcessId}", "-keepalive:10", "-reportanalyzer", "-parallel-"];
            double[] served = [.. Enumerable.Range(0, Runs).Select(_ => Reported(Compile([.. arguments, .. analyzers, .. server], report)))];
            double part = Lines / lines;
            report.Add("all rules in the compiler server, first build", served[0] * part, "s",
                $"one thread, for {Lines:#,0} lines, compilation to machine code included");
            report.AddAtMost("the same, any build", Measurement.Median(served) * part, "s", MostSeconds, $"median of {Runs}, the first among them");
            report.AddAtMost("all rules, one thread and no server", Measurement.Median([.. alone]) * part, "s", MostSeconds,
                $"for {Lines:#,0} lines, their own compilation to machine code included, median of {Runs}");
            report.Add("all rules, all cores and no server", Measurement.Median([.. beside]), "s",
                "for all lines, by the clock, so that it holds what each waits for the other threads");
            double plain = Measurement.Median([.. without]);
            report.Add("compiler without analyzers, processor time", plain, "s", "a process of its own: no compiler server");
            report.AddAtMost("processor time more with them", (Measurement.Median([.. with]) / plain * 100) - 100, "%", 10);
            if (ManagedPolicy.ReadAll(options.Shared, report)?.OrderBy(policy => Math.Abs(policy.Text.Length - Typical)).First() is { } one)
            {
                string[] small = Arguments(folder, [Written(folder, "Policy.cs", $"class One {{ public const string Text = \"\"\"\n{one.Text}\n\"\"\"; public static void Main() {{ }} }}")]);
                double[] first =
                    [.. Enumerable.Range(0, Runs)
                    .Select(_ => Reported(Compile([.. small, .. analyzers, "-reportanalyzer", "-parallel-"], report), "Policies.PolicyAnalyzer") * 1000)];
                report.AddAtMost("the first policy in a process of the compiler", Measurement.Median(first), "ms", 150, $"{one.Text.Length} characters, the rules about policies, their compilation to machine code included, median of {Runs}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Arguments(string folder, IReadOnlyList<string> files)
    {
        string types = Written(folder, "Types.cs", Types), response = Path.Combine(folder, "compile.rsp");
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("ProvableSec", StringComparison.Ordinal) && Path.GetFileName(file) != "provablesec.dll");
        // Generators that the sources count on come with the framework's reference assemblies.
        IEnumerable<string> generators = Directory.EnumerateFiles(Newest(Path.Combine(DotnetRoot(), "packs", "Microsoft.NETCore.App.Ref")), "*.dll",
            SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "cs");
        File.WriteAllLines(response,
        [
            "-nologo", "-nostdlib", "-target:library", "-langversion:latest", "-nullable:enable", "-unsafe", "-debug-", "-optimize+", "-warn:0",
                "-deterministic", "-out:" + Quoted(Path.Combine(folder, "out.dll")),
            .. references.Select(file => "-reference:" + Quoted(file)),
            .. generators.Select(file => "-analyzer:" + Quoted(file)),
            .. files.Append(types).Select(Quoted),
        ]);
        return [Path.Combine(Newest(Path.Combine(DotnetRoot(), "sdk")), "Roslyn", "bincore", "csc.dll"), "-noconfig", "@" + response];
    }

    /// <summary>A copy of a file whose statements have no effect: it names all that policies name, so that it costs more than other code, but has
    /// none.</summary>
    private static string WithoutPolicies(string file, string folder) =>
        Written(folder, Path.GetRelativePath(Repository.Path(""), file).Replace(Path.DirectorySeparatorChar, '.'),
            Effect().Replace(File.ReadAllText(file), "$0s"));

    private static string Written(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static double Reported(ProcessRun run, string analyzer = "") => OwnTime().Matches(run.Output)
        .Where(match => match.Value.Contains(analyzer, StringComparison.Ordinal))
        .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

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
        Directory.EnumerateDirectories(folder).OrderBy(version => Version.TryParse(Path.GetFileName(version).Split('-')[0], out Version? parsed) ? parsed
            : new Version()).Last();

    private static string Quoted(string path) => $"\"{path}\"";

    // "    0.045   50      ProvableSec.Analyzers.CredentialAnalyzer (PSEC1001, …)": a line for each analyzer below that of its assembly.
    [GeneratedRegex(@"^\s*<?(\d+\.\d+)\s+<?\d+\s+ProvableSec\.Analyzers\.[\w.]+ \(", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex OwnTime();

    // "Effect" in a text, with its quotes escaped or not, and as the name of a member of an object.
    [GeneratedRegex("""(?<=")Effect(?=\\?")|Effect(?= = "Allow")""", RegexOptions.CultureInvariant)]
    private static partial Regex Effect();
}
