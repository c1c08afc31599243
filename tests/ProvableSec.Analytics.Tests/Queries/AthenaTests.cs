using System.Text.Json;
using ProvableSec.Analytics.Queries;
using ProvableSec.Report;

namespace ProvableSec.Analytics.Tests.Queries;

/// <summary>What is written for Athena.</summary>
public sealed class AthenaTests
{
    [Theory]
    [InlineData("waf")]
    [InlineData("guardduty")]
    [InlineData("findings")]
    public void The_script_has_the_table_the_views_and_every_question(string kind)
    {
        string script = ReportOutput.Of("athena", kind, "--location", "s3://bucket/logs").Output;

        Assert.Contains($"CREATE EXTERNAL TABLE `{kind}_log`", script, StringComparison.Ordinal);
        Assert.Contains("LOCATION 's3://bucket/logs/'", script, StringComparison.Ordinal);
        Assert.Contains($"CREATE OR REPLACE VIEW {kind} AS", script, StringComparison.Ordinal);
        Assert.All(KindOf(kind).Questions.Questions, question => Assert.Contains($"-- {question.Id}: ", script, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(?<!\$)\{", script);
    }

    [Theory]
    [InlineData("waf")]
    [InlineData("guardduty")]
    [InlineData("findings")]
    public void The_view_has_the_columns_that_the_embedded_table_has(string kind)
    {
        ReportKind chosen = KindOf(kind);
        string view = new AthenaScript(kind, chosen.Questions, AthenaLayout.Firehose, "s3://bucket/", 2026, ReportKind.RulePhases).Views.First().Sql;

        Assert.All(chosen.Table.Columns,
            column => Assert.Matches($@"(AS|[.]){(view.Contains($" AS {column.Name}", StringComparison.Ordinal) ? " " : "")}{column.Name}\b", view));
    }

    [Fact]
    public void A_template_has_a_limit_on_what_queries_read_and_runs_in_order()
    {
        JsonElement template =
            JsonDocument.Parse(ReportOutput.Of("athena", "waf", "--location", "s3://bucket/logs/", "--database", "logs", "--format",
            "cloudformation").Output).RootElement;

        JsonElement resources = template.GetProperty("Resources");
        Assert.Equal(10L << 30, resources.GetProperty("WorkGroup").GetProperty("Properties").GetProperty("WorkGroupConfiguration")
            .GetProperty("BytesScannedCutoffPerQuery").GetInt64());
        string[] names = [.. resources.EnumerateObject().Where(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Athena::NamedQuery")
            .Select(resource => resource.Value.GetProperty("Properties").GetProperty("Name").GetString()!)];
        Assert.Equal(["table 00 waf_log", "view 01 waf", "view 02 waf_rules"], names[..3]);
        Assert.Equal(QuestionSet.Waf.Questions.Count + QuestionSet.Waf.Views.Count + 3, names.Length);
    }

    [Theory]
    [InlineData("http://bucket/")]
    [InlineData("s3://bucket/'; DROP TABLE x")]
    [InlineData("s3://b/${x}")]
    public void A_place_that_is_none_in_S3_is_refused(string location) => Assert.Equal(2, ReportOutput.Of("athena", "waf", "--location", location).ExitCode);

    [Fact]
    public void Findings_that_are_sorted_have_a_table_for_one_type_at_a_time_which_need_not_be_known()
    {
        string script = ReportOutput.Of("athena", "guardduty", "--location", "s3://bucket/findings/").Output;

        string whole =
            script[script.IndexOf("CREATE EXTERNAL TABLE `guardduty_log`",
            StringComparison.Ordinal)..script.IndexOf("CREATE EXTERNAL TABLE `guardduty_by_type_log`", StringComparison.Ordinal)];
        Assert.DoesNotContain("PARTITIONED BY", whole, StringComparison.Ordinal);
        Assert.Contains("PARTITIONED BY (`finding_type` string, `year` string, `month` string, `day` string)", script, StringComparison.Ordinal);
        Assert.Contains("'projection.finding_type.type' = 'injected'", script, StringComparison.Ordinal);
        Assert.Contains("'storage.location.template' = 's3://bucket/findings/finding_type=${finding_type}/year=${year}/month=${month}/day=${day}/'", script, StringComparison.Ordinal);
        Assert.Contains("'projection.day.format' = 'yyyy/MM/dd'", ReportOutput.Of("athena", "guardduty", "--location", "s3://bucket/x/", "--layout",
            "firehose").Output, StringComparison.Ordinal);
    }

    private static ReportKind KindOf(string name) => new[] { ReportKind.Waf, ReportKind.GuardDuty, ReportKind.Findings }.Single(kind => kind.Name == name);

    /// <summary>The two dialects differ in how a list becomes rows, and in nothing else.</summary>
    [Fact]
    public void Queries_are_the_same_for_both_but_for_lists()
    {
        var parameters = new QueryParameters("hour", 50, QueryParameters.WorstClient);

        foreach (QueryText text in new[] { QuestionSet.Waf, QuestionSet.GuardDuty, QuestionSet.Findings }.SelectMany(set =>
            set.Questions.Select(question => question.Text)))
        {
            Assert.Equal(text.For(SqlDialect.DuckDb, parameters), text.For(SqlDialect.Trino, parameters));
        }
    }
}
