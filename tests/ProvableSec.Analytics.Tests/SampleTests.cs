using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProvableSec.Report;

namespace ProvableSec.Analytics.Tests;

/// <summary>The samples of dashboards, as somebody runs them: their data are made up anew, and the page says of them what counting says.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_dashboard_of_AWS_WAF_is_made_by_one_command()
    {
        string page = await Run("samples/waf-dashboard/run.sh");

        JsonElement totals = Assert.Single(ReportOutput.Of("waf", folder["logs"], "--format", "json").Rows("totals"));
        string[] lines = Unzipped(Assert.Single(Directory.GetFiles(folder["logs"])));
        Assert.Equal(lines.Length, totals.GetProperty("requests").GetInt64());
        Assert.Equal(lines.Count(line => JsonDocument.Parse(line).RootElement.GetProperty("action").GetString() == "BLOCK"),
            totals.GetProperty("blocked").GetInt64());
        CheckPage(page, lines.Length, "AWS WAF traffic");
    }

    [Fact]
    public async Task The_dashboard_of_GuardDuty_is_made_by_one_command()
    {
        string page = await Run("samples/guardduty-dashboard/run.sh");

        string input = folder["synthetic-findings.ndjson"];
        int findings = File.ReadLines(input).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("detail").GetProperty("id").GetString()).Distinct()
            .Count();
        Assert.Equal(findings, Assert.Single(ReportOutput.Of("guardduty", input, "--format", "json").Rows("totals")).GetProperty("findings").GetInt64());
        CheckPage(page, File.ReadLines(input).Count(), "GuardDuty findings");
    }

    private static void CheckPage(string path, int records, string title)
    {
        string page = File.ReadAllText(path);
        Assert.Contains($"<title>{title}", page, StringComparison.Ordinal);
        Assert.Contains(records.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), Regex.Replace(page, "<[^>]*>", ""),
            StringComparison.Ordinal);
    }

    private static string[] Unzipped(string path)
    {
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> Run(string script)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "node"))),
            "node, which makes up the data, is not installed");
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, script), folder[""]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["PROVABLESEC_REPORT"] = typeof(ReportKind).Assembly.Location;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output.Trim();
    }
}
