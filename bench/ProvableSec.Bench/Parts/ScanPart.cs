using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Bench.Parts;

/// <summary>The search for credentials over a tree of C#: in memory, and as a process beside a search for five patterns of AWS's credentials.</summary>
internal sealed class ScanPart : IBenchPart
{
    private const int Passes = 7, Runs = 5;

    // Access key IDs, secrets with a name that says so, session tokens, keys of Bedrock, private keys.
    private static readonly string[] Patterns =
    [
        "(?:^|[^A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?:[^A-Z0-9]|$)",
        "(?i)aws.{0,20}(?:secret|key).{0,20}[\"'][0-9a-z/+]{40}[\"']",
        "(?:IQoJb3JpZ2luX|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{50,}",
        "ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/=]{20,}",
        "-----BEGIN (?:RSA |EC )?PRIVATE KEY-----",
    ];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "scan";

    public void Run(BenchOptions options, Report report)
    {
        byte[][] texts = [.. options.Tree.Files().Select(File.ReadAllBytes)];
        long bytes = texts.Sum(text => (long)text.Length);
        report.Add("input", bytes / 1e6, "MB", $"{texts.Length} files of C#");
        InMemory(texts, bytes, report);
        AsProcess(options.Tree.Root, report);
    }

    private static void InMemory(byte[][] texts, long bytes, Report report)
    {
        var scanner = new CredentialScanner(DateTimeOffset.UnixEpoch, AllowedCredentials.None);
        var found = new List<CredentialFinding>();
        void ScanAll()
        {
            found.Clear();
            foreach (byte[] text in texts)
            {
                scanner.Scan(text, "", found);
            }
        }

        Measurement.WarmUp(ScanAll);
        double median = Measurement.Median([.. Enumerable.Range(0, Passes).Select(_ => Measurement.Milliseconds(ScanAll))]);
        report.AddAtLeast("in memory, every detector, one thread", bytes / 1e6 / median, "GB/s", 1, $"{found.Count} findings, median of {Passes} passes");

        byte[][] clean = [.. texts.Where(text =>
        {
            found.Clear();
            scanner.Scan(text, "", found);
            return found.Count == 0;
        })];
        found.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] text in clean)
        {
            scanner.Scan(text, "", found);
        }

        report.Add("allocated", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)clean.Length, "bytes a file",
            $"{clean.Length} files without a finding");
    }

    private static void AsProcess(string root, Report report)
    {
        string[] patterns = [.. Patterns.SelectMany(pattern => new[] { "-e", pattern })];
        var ours = new List<double>();
        var peer = new List<double>();
        for (int i = 0; i < Runs; i++)
        {
            // By turns, so that whatever else the machine does falls on both.
            if (ProcessRun.TryRun("rg", ["--no-config", "--no-ignore", "--hidden", "-c", .. patterns, root], Limit) is not { } run)
            {
                report.Remark("peer rg is not installed");
                return;
            }

            peer.Add(run.Wall.TotalMilliseconds);
            ProcessRun scan =
                ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "provablesec.dll"), "scan", "--no-ignore", "--fail-on", "never", root],
                Limit)!;
            ours.Add(scan.Wall.TotalMilliseconds);
            if (scan.ExitCode != 0)
            {
                report.Fault($"scan ended with {scan.ExitCode}");
            }
        }

        report.Add("scan, as a process", Measurement.Median([.. ours]), "ms", $"{root}, start of the process included, median of {Runs}");
        report.Add("rg with five patterns", Measurement.Median([.. peer]), "ms", "the same tree");
        report.AddAtMost("scan / rg", Measurement.Median([.. ours]) / Measurement.Median([.. peer]), "x", 1.5);
    }
}
