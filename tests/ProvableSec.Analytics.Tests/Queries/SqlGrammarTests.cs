using System.Diagnostics;
using System.Text.Json;
using ProvableSec.Analytics.Queries;
using ProvableSec.Report;

namespace ProvableSec.Analytics.Tests.Queries;

/// <summary>Everything that is written for Athena is a sentence of its grammar: that of Hive for tables, that of Trino for the rest.</summary>
public sealed class SqlGrammarTests
{
    [Fact]
    public async Task Tables_parse_as_Hive_and_views_and_queries_as_Trino()
    {
        var statements = new List<string>();
        foreach ((ReportKind kind, AthenaLayout layout) in new[] { (ReportKind.Waf, AthenaLayout.Firehose), (ReportKind.GuardDuty, AthenaLayout.Firehose),
            (ReportKind.GuardDuty, AthenaLayout.Sorted), (ReportKind.Findings, AthenaLayout.Firehose) })
        {
            var script = new AthenaScript(kind.Name, kind.Questions, layout, "s3://bucket/logs/", 2026, ReportKind.RulePhases);
            statements.AddRange(script.Tables.Select(table => Line("hive", $"{kind.Name} {layout.Name} {table.Name}", table.Sql)));
            statements.AddRange(script.Views.Select(view => Line("trino", $"{kind.Name} {layout.Name} {view.Name}", view.Sql)));
            statements.AddRange(script.Queries.Select(query => Line("trino", $"{kind.Name} {layout.Name} {query.Name}", query.Sql)));
        }

        Assert.Equal($"{statements.Count} statements parse", await Parse(statements));
    }

    [Theory]
    [InlineData("trino", "SELECT FROM waf")]
    [InlineData("trino", "CREATE EXTERNAL TABLE t (a string) LOCATION 's3://b/'")]
    [InlineData("hive", "CREATE EXTERNAL TABLE t (a struct<b:>) LOCATION 's3://b/'")]
    public async Task What_is_no_sentence_is_seen(string dialect, string sql) => Assert.EndsWith("0 statements parse", await Parse([Line(dialect, "it", sql)]));

    private static string Line(string dialect, string name, string sql) => JsonSerializer.Serialize(new { dialect, name, sql });

    private static async Task<string> Parse(IEnumerable<string> statements)
    {
        Assert.SkipUnless(IsOnPath("npm"), "npm, which fetches the grammars, is not installed");
        string parser = (await Run("bash", [Path.Combine(Repository.Root, "eng/sql-grammars.sh")], "")).Trim();
        return (await Run("node", [parser], string.Join('\n', statements))).Trim();
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> Run(string program, string[] arguments, string input)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
