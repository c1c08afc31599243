using System.Globalization;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>Reports of generated logs and findings, as processes, beside other programs that answer one of their questions over the same file.</summary>
internal sealed class ReportPart : IBenchPart
{
    // Requests by address, the blocked ones among them: one of the two dozen questions of a report.
    private const string NodeCount =
        """
        const fs = require('fs'); const rl = require('readline').createInterface({input: fs.createReadStream(process.argv[1])}); const all = new Map();
        rl.on('line', line => { const r = JSON.parse(line), at = all.get(r.httpRequest.clientIp) ?? [0, 0]; at[0]++; at[1] += r.action === 'BLOCK' ? 1 : 0; all.set(r.httpRequest.clientIp, at); });
        rl.on('close', () => console.log(all.size));
        """;

    private const string JqCount = "reduce inputs as $r ({}; .[$r.httpRequest.clientIp] += 1) | length";
    private const int JqBytes = 50_000_000, Findings = 1_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "report";

    public void Run(BenchOptions options, Report report)
    {
        string program =
            Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../tool/ProvableSec.Report/bin/Release/net10.0/provablesec-report.dll"));
        if (!File.Exists(program))
        {
            report.Remark("tool/ProvableSec.Report is not built: dotnet build -c Release tool/ProvableSec.Report");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            string file = Path.Combine(folder, "waf.ndjson"), part = Path.Combine(folder, "part.ndjson"), table = Path.Combine(folder, "waf.parquet"), page =
                Path.Combine(folder, "page.html");
            byte[] lines = WafRecord.Lines(options.Megabytes * 1_000_000L, out int records);
            File.WriteAllBytes(file, lines);
            File.WriteAllBytes(part, lines[..(Array.IndexOf(lines, (byte)'\n', Math.Min(lines.Length, JqBytes) - 1) + 1)]);
            report.Add("records", records, "", string.Create(CultureInfo.InvariantCulture, $"{lines.Length / 1e6:0} MB"));
            double size = lines.Length / 1e9;
            Measure(report, "report waf, from NDJSON", 6 * size, "dotnet", program, "waf", file, "--out", page);
            report.AddAtMost("  the page", new FileInfo(page).Length / 1e6, "MB", 3);
            Measure(report, "--export parquet", null, "dotnet", program, "waf", file, "--export", "parquet", "--to", table);
            Measure(report, "report waf, from Parquet", 0.6 * size, "dotnet", program, "waf", table, "--out", page);
            Measure(report, "  node, requests by address only", null, "node", "-e", NodeCount, file);
            Measure(report, $"  jq, requests by address only, {JqBytes / 1_000_000} MB", null, "jq", "-n", JqCount, part);
            Measure(report, "  duckdb, requests by address only", null, "duckdb", "-c", $"select count(*) from (select httpRequest.clientIp, count(*) from read_ndjson('{file}') group by 1)");
            File.Delete(file);
            string findings = Path.Combine(folder, "findings.ndjson");
            GuardDutyEvent.Write(findings, Findings);
            Measure(report, "report guardduty, a million findings", 10, "dotnet", program, "guardduty", findings, "--out", page);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(Report report, string name, double? target, string program, params string[] arguments)
    {
        if (ProcessRun.TryRun(program, arguments, Limit) is not { } run)
        {
            report.Remark($"peer {program} is not installed");
            return;
        }

        if (run.ExitCode != 0)
        {
            report.Fault($"{name}: exit code {run.ExitCode}");
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"{run.Cpu?.TotalSeconds:0.0} s of processor time, {run.PeakBytes / 1e6:0} MB");
        if (target is { } most)
        {
            report.AddAtMost(name, run.Wall.TotalSeconds, "s", most, note);
        }
        else
        {
            report.Add(name, run.Wall.TotalSeconds, "s", note);
        }
    }
}
