using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Logs;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Firehose;
using ProvableSec.Logs.Rules;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>The log filter on generated records in memory, one thread, beside programs that filter the same records from a file.</summary>
internal sealed class TrimPart : IBenchPart
{
    /// <summary>One job in a process of its own, as it is when a filter is used: what is compiled for the others would be laid out for them.</summary>
    public const string Command = "trim-job";

    private const string FirehoseJob = "Firehose event to answer, payload";
    private const double FirehoseTarget = 3;

    // What the post's function does, and what it should have done.
    private const string NodeFilter =
        """
        const fs = require('fs'); const rl = require('readline').createInterface({input: fs.createReadStream(process.argv[1])});
        let kept = 0; rl.on('line', line => { if (!JSON.stringify(JSON.parse(line)).includes('Default_Action')) { kept++; } }); rl.on('close', () => console.log(kept));
        """;

    private const string JqSelect = "select((.terminatingRuleId == \"Default_Action\" and .action == \"ALLOW\" and .nonTerminatingMatchingRules == []) | not)";
    private const string JqRedact = ".httpRequest.headers |= map(if (.name | ascii_downcase) == \"authorization\" then .value = \"REDACTED\" else . end)";
    private const int JsonNodeRecords = 50_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "trim";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            byte[] lines = WafRecord.Lines(options.Megabytes * 1_000_000L, out int records);
            report.Add("records", records, "", $"{lines.Length / records} bytes each");
            string file = Path.Combine(folder, "waf.ndjson");
            File.WriteAllBytes(file, lines);
            foreach ((string job, double target) in Jobs)
            {
                Job(report, file, job, target);
            }

            JsonNodePeer(lines, report);
            FilePeers(lines, folder, file, report);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, double Target)> Jobs => [.. TrimJob.All.Select(job => (job.Name, job.Target)), (FirehoseJob, FirehoseTarget)];

    /// <summary>Measures a job.</summary>
    /// <param name="file">Records, one a line.</param>
    /// <param name="name">The job.</param>
    /// <returns>The exit code.</returns>
    public static int AnswerJob(string file, string name)
    {
        byte[] lines = File.ReadAllBytes(file);
        (double speed, long allocated) = name == FirehoseJob ? FirehoseEvents(lines) : TrimJob.All.Single(job => job.Name == name).Measure(lines);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{speed:0.00} {allocated}"));
        return 0;
    }

    private static void Job(Report report, string file, string name, double target)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "ProvableSec.Bench.dll"), Command, file, name];
        foreach (bool avx512 in new[] { true, false })
        {
            ProcessRun? answered = avx512 ? ProcessRun.TryRun("dotnet", command, Limit)
                : ProcessRun.TryRun("env", ["DOTNET_EnableAVX512=0", "dotnet", .. command], Limit);
            if (answered is not { ExitCode: 0 } run)
            {
                report.Remark($"{name}{(avx512 ? "" : ", without AVX-512")}: could not be measured");
                continue;
            }

            string[] answer = run.Output.Trim().Split(' ');
            double speed = double.Parse(answer[0], CultureInfo.InvariantCulture);
            if (avx512)
            {
                report.AddAtLeast(name, speed, "GB/s", target, $"{answer[1]} bytes allocated");
            }
            else
            {
                report.Add("  without AVX-512", speed, "GB/s");
            }
        }
    }

    /// <summary>An event of 3 MB, the most that a stream collects for a function, answered again and again.</summary>
    private static (double Speed, long Allocated) FirehoseEvents(byte[] lines)
    {
        const int MostPayload = 3_000_000, Passes = 51;
        string[] records = Encoding.UTF8.GetString(lines, 0, Array.LastIndexOf(lines, (byte)'\n', Math.Min(lines.Length, MostPayload) - 1)).Split('\n');
        byte[] invocation =
            Encoding.UTF8
            .GetBytes($"{{\"records\":[{string.Join(',', records.Select((record, i) => $"{{\"recordId\":\"{i}\",\"data\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(record + "\n"))}\"}}"))}]}}");
        var transformation = new FirehoseTransformation(new FilteringTransformer(new LogFilter(LogRules.Default)));
        var response = new ByteBuffer(invocation.Length);
        Measurement.WarmUp(() => transformation.Transform(invocation, response));
        long before = GC.GetAllocatedBytesForCurrentThread();
        double[] times = [.. Enumerable.Range(0, Passes).Select(_ => Measurement.Milliseconds(() => transformation.Transform(invocation, response)))];
        double payload = records.Sum(record => record.Length + 1.0);
        return (payload / 1e6 / Measurement.Median(times), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void JsonNodePeer(byte[] lines, Report report)
    {
        long bytes = 0;
        double milliseconds = Measurement.Milliseconds(() =>
        {
            ReadOnlySpan<byte> rest = lines;
            for (int i = 0; i < JsonNodeRecords && !rest.IsEmpty; i++)
            {
                int end = rest.IndexOf((byte)'\n');
                JsonNode record = JsonNode.Parse(rest[..end])!;
                foreach (JsonNode? header in record["httpRequest"]!["headers"]!.AsArray())
                {
                    if (header!["name"]!.GetValue<string>().Equals("authorization", StringComparison.OrdinalIgnoreCase))
                    {
                        header["value"] = "REDACTED";
                    }
                }

                _ = record.ToJsonString();
                bytes += end + 1;
                rest = rest[(end + 1)..];
            }
        });
        report.Add("  JsonNode, authorization redacted", bytes / 1e6 / milliseconds, "GB/s", "read, changed and written again");
    }

    private static void FilePeers(byte[] lines, string folder, string file, Report report)
    {
        // Slow programs are given a part of the records.
        string part = Path.Combine(folder, "part.ndjson");
        byte[] some = lines[..(Array.IndexOf(lines, (byte)'\n', Math.Min(lines.Length, 50_000_000) - 1) + 1)];
        File.WriteAllBytes(part, some);
        Peer(report, "rg -v Default_Action (wrong answer)", lines.Length, "rg", "-v", "-a", "--no-config", "-j1", "Default_Action", file);
        Peer(report, "grep -v Default_Action (wrong answer)", lines.Length, "grep", "-a", "-v", "-F", "Default_Action", file);
        Peer(report, "node, the post's filter (wrong answer)", some.Length, "node", "-e", NodeFilter, part);
        Peer(report, "jq, default rules but for groups", some.Length, "jq", "-c", JqSelect, part);
        Peer(report, "jq, authorization redacted", some.Length, "jq", "-c", JqRedact, part);
        Peer(report, "duckdb, one key", lines.Length, "duckdb", "-c",
            $"select count(*) from read_ndjson('{file}') where terminatingRuleId != 'Default_Action'");
    }

    private static void Peer(Report report, string name, long bytes, string program, params string[] arguments)
    {
        if (ProcessRun.TryRun(program, arguments, Limit) is not { } run)
        {
            report.Remark($"peer {program} is not installed");
            return;
        }

        report.Add("  " + name, bytes / 1e9 / run.Wall.TotalSeconds, "GB/s", "as a process, from a file in the page cache");
    }
}
