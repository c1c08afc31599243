using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProvableSec.Analytics.Tests.Waf;

/// <summary>What is in the table of WAF logs, whatever way the records come.</summary>
public sealed class WafTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Headers_are_columns_whatever_case_they_are_written_in_and_copies_are_kept()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0, headers:
            [("HOST", "a.example"), ("user-agent", "first"), ("User-Agent", "second"), ("Accept-Language", "de"), ("Upgrade-Insecure-Requests", "1"),
                ("X-IMForwards", "20"), ("Referer", "https://b.example/")])]));

        Assert.Equal(
            """{"host":"a.example","user_agent":"first","accept_language":"de","upgrade_insecure_requests":"1","x_imforwards":"20","referer":"https://b.example/","accept":null}""",
            Assert.Single(ReportOutput.Ask("waf", file, "SELECT host, user_agent, accept_language, upgrade_insecure_requests, x_imforwards, referer, accept FROM waf")));
        Assert.Equal(
            ["""{"name":"user-agent","value":"first"}""", """{"name":"user-agent","value":"second"}"""],
            ReportOutput.Ask("waf", file, "SELECT name, value FROM waf_headers WHERE name = 'user-agent' ORDER BY value"));
    }

    [Fact]
    public void A_value_before_its_name_is_that_headers_value()
    {
        JsonObject record = WafLog.Record(0);
        record["httpRequest"]!["headers"] = new JsonArray(new JsonObject { ["value"] = "a.example", ["name"] = "Host" });

        Assert.Equal("""{"host":"a.example"}""",
            Assert.Single(ReportOutput.Ask("waf", folder.Write("waf.ndjson", WafLog.Lines([record])), "SELECT host FROM waf")));
    }

    [Fact]
    public void Rules_of_every_place_are_rows()
    {
        JsonObject record = WafLog.Record(0);
        record["nonTerminatingMatchingRules"] = JsonNode.Parse("""[{"ruleId":"count-me","action":"COUNT"}]""");
        record["ruleGroupList"] = JsonNode.Parse(
            """
            [{"terminatingRule":{"ruleId":"SizeRestrictions_BODY","action":"BLOCK","ruleMatchDetails":null},"ruleGroupId":"AWS#Common",
              "nonTerminatingMatchingRules":[{"ruleId":"NoUserAgent","action":"COUNT","overriddenAction":"BLOCK"}],
              "excludedRules":[{"ruleId":"Old","exclusionType":"EXCLUDED_AS_COUNT"}]}]
            """);

        Assert.Equal(
            [
                """{"place":"group excluded","rule_group":"AWS#Common","rule":"Old","rule_action":"EXCLUDED_AS_COUNT","own_action":""}""",
                """{"place":"group matched","rule_group":"AWS#Common","rule":"NoUserAgent","rule_action":"COUNT","own_action":"BLOCK"}""",
                """{"place":"group terminating","rule_group":"AWS#Common","rule":"SizeRestrictions_BODY","rule_action":"BLOCK","own_action":""}""",
                """{"place":"matched","rule_group":"","rule":"count-me","rule_action":"COUNT","own_action":""}""",
            ],
            ReportOutput.Ask("waf", folder.Write("waf.ndjson", WafLog.Lines([record])),
                "SELECT place, rule_group, rule, rule_action, own_action FROM waf_rules ORDER BY place"));
    }

    [Fact]
    public void A_record_of_a_sample_counts_for_those_it_stands_for()
    {
        JsonObject sampled = WafLog.Record(0);
        sampled["sampleWeight"] = 100;
        string file = folder.Write("waf.ndjson", WafLog.Lines([sampled, WafLog.Record(1, "BLOCK")]));

        JsonElement totals = Assert.Single(ReportOutput.Of("waf", file, "--format", "json").Rows("totals"));

        Assert.Equal((101, 100, 1), (totals.GetProperty("requests").GetInt32(), totals.GetProperty("allowed").GetInt32(),
            totals.GetProperty("blocked").GetInt32()));
    }

    [Fact]
    public void Labels_fingerprints_sizes_and_answers_are_columns()
    {
        JsonObject record = WafLog.Record(0, "CAPTCHA", address: "2001:db8:1:2::3");
        record["labels"] = JsonNode.Parse("""[{"name":"awswaf:managed:aws:bot-control:bot:category:search_engine"},{"name":"other"}]""");
        record["ja3Fingerprint"] = "abc";
        record["ja4Fingerprint"] = "t13d";
        record["responseCodeSent"] = 405;
        record["requestBodySize"] = 9000;
        record["requestBodySizeInspectedByWAF"] = 8192;
        record["captchaResponse"] = JsonNode.Parse("""{"responseCode":405,"solveTimestamp":0,"failureReason":"TOKEN_MISSING"}""");
        record["rateBasedRuleList"] = JsonNode.Parse("""[{"rateBasedRuleId":"id","rateBasedRuleName":"limit","limitKey":"IP","maxRateAllowed":100,"limitValue":"2001:db8::"}]""");
        string file = folder.Write("waf.ndjson", WafLog.Lines([record]));

        Assert.Equal(
            """{"client_network":"2001:db8:1::/48","ja3":"abc","ja4":"t13d","response_code":405,"body_size":9000,"body_size_inspected":8192,"captcha_code":405,"captcha_failure":"TOKEN_MISSING","labels":["awswaf:managed:aws:bot-control:bot:category:search_engine","other"]}""",
            Assert.Single(ReportOutput.Ask("waf", file, "SELECT client_network, ja3, ja4, response_code, body_size, body_size_inspected, captcha_code, captcha_failure, labels FROM waf")));
        Assert.Equal("""{"rule":"limit","max_rate":"100"}""", Assert.Single(ReportOutput.Ask("waf", file, "SELECT rule, max_rate FROM waf_rate_rules")));
        Assert.Equal("bot:category:search_engine", ReportOutput.Of("waf", file, "--format", "json").Rows("bots")[0].GetProperty("bot").GetString());
    }

    [Fact]
    public void Records_are_found_however_they_are_laid_out()
    {
        string Line(int index) => WafLog.Lines([WafLog.Record(index)]).TrimEnd('\n');
        folder.Write("logs/joined", Line(0) + Line(1) + "\n");
        folder.Write("logs/array.json", "[\n" + Line(2) + ",\n" + Line(3) + "\n]\n");
        folder.Write("logs/2026/03/01/no-extension", Line(4) + "\r\n" + WafLog.Record(5).ToString() + "\n");
        folder.Write("logs/cloudwatch.json",
            new JsonObject { ["messageType"] = "DATA_MESSAGE", ["logEvents"] = new JsonArray(new JsonObject { ["id"] = "1", ["message"] = Line(6) }) }
            .ToJsonString());
        using (var compressed = new MemoryStream())
        {
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(Encoding.UTF8.GetBytes(Line(7) + "\n"));
            }

            folder.Write("logs/object.gz", compressed.ToArray());
        }

        Assert.Equal(
            [.. Enumerable.Range(0, 8).Select(i => $$"""{"request_id":"r{{i}}"}""")],
            ReportOutput.Ask("waf", folder["logs"], "SELECT request_id FROM waf ORDER BY request_id"));
    }

    [Fact]
    public void What_is_no_record_is_counted_and_told()
    {
        string record = WafLog.Lines([WafLog.Record(0)]);
        JsonObject future = WafLog.Record(1);
        future["postQuantum"] = true;
        string file = folder.Write("waf.ndjson", WafLog.Lines([future]) + record[..200] + "\n{\"eventSource\":\"s3.amazonaws.com\"}\n\n" + "binary \0\u0001\n"
            + record);

        ReportOutput run = ReportOutput.Of("waf", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 requests read from 1 input", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not in this report: 2 lines are not JSON, 1 line is JSON but not one of these requests.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Members of records that this version does not know and does not show: postQuantum (1).", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_UTF_8_and_halves_of_pairs_do_not_end_the_run()
    {
        byte[] line = Encoding.UTF8.GetBytes(WafLog.Lines([WafLog.Record(0, uri: "/bad-XX", headers: [("Host", "h\u0000st")])])
            .Replace("h\\u0000st", "\\ud800", StringComparison.Ordinal));
        int at = line.AsSpan().IndexOf("XX"u8);
        (line[at], line[at + 1]) = (0xFF, 0xC3);

        string row = Assert.Single(ReportOutput.Ask("waf", folder.Write("waf.ndjson", line), "SELECT uri, host FROM waf"));

        Assert.Equal("/bad-\uFFFD\uFFFD", JsonDocument.Parse(row).RootElement.GetProperty("uri").GetString());
        Assert.Equal("\\ud800", JsonDocument.Parse(row).RootElement.GetProperty("host").GetString());
    }

    [Fact]
    public void More_rows_and_longer_lists_than_a_chunk_has_are_all_there()
    {
        var headers = Enumerable.Range(0, 50).Select(i => ("h" + i, "a value longer than twelve bytes " + i)).ToArray();
        string file = folder.Write("waf.ndjson", WafLog.Lines(Enumerable.Range(0, 5000).Select(i => WafLog.Record(i, headers: headers))));

        Assert.Equal(
            """{"requests":5000,"headers":250000,"values":50}""",
            Assert.Single(ReportOutput.Ask("waf", file, "SELECT (SELECT count(DISTINCT request_id) FROM waf) AS requests, count(*) AS headers, count(DISTINCT value) AS values FROM waf_headers WHERE value = 'a value longer than twelve bytes ' || substr(name, 2)")));
    }

    [Fact]
    public void An_exported_table_says_what_the_records_say()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines(WafLog.Mixed())), parquet = folder["waf.parquet"];
        Assert.Equal(0, ReportOutput.Of("waf", file, "--export", "parquet", "--to", parquet).ExitCode);

        string Sections(string input) => string.Join('\n', ReportOutput.Of("waf", input, "--format", "json").Output);

        Assert.Equal(Sections(file), Sections(parquet));
        Assert.Equal("""{"requests":800}""",
            Assert.Single(ReportOutput.Of("waf", file, parquet, "--sql", "SELECT count(*) AS requests FROM waf", "--format", "json").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_table_of_somebody_else_is_refused()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)])), other = folder["other.parquet"];
        ReportOutput.Of("waf", file, "--sql", $"COPY (SELECT 1 AS x) TO '{other}' (FORMAT parquet)");

        ReportOutput run = ReportOutput.Of("waf", other);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a Parquet file, but not one of report --export: it has no column time", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "time,weight,action")]
    [InlineData("json", "{\"time\":")]
    public void Exports_are_of_their_format(string format, string begin)
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines(WafLog.Mixed())), target = folder["out/table"];

        Assert.Equal(0, ReportOutput.Of("waf", file, "--export", format, "--to", target).ExitCode);

        Assert.StartsWith(begin, File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal([target], Directory.GetFiles(folder["out"]));
    }

    [Fact]
    public void A_period_is_from_its_first_moment_to_before_its_last()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines(Enumerable.Range(0, 10).Select(i => WafLog.Record(i))));

        ReportOutput run = ReportOutput.Of("waf", file, "--from", "2026-03-01T00:02:00Z", "--until", "2026-03-01T00:05:00Z", "--sql",
            "SELECT request_id FROM waf ORDER BY 1", "--format", "csv");

        Assert.Equal("request_id\nr2\nr3\nr4\n", run.Output);
    }

    [Fact]
    public void A_wrong_query_and_wrong_options_are_exit_code_2()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]));

        Assert.Equal(2, ReportOutput.Of("waf", file, "--sql", "SELECT nothing FROM nowhere").ExitCode);
        Assert.Equal(2, ReportOutput.Of("waf", file, "--export", "parquet").ExitCode);
        Assert.Equal(2, ReportOutput.Of("waf", folder["missing"]).ExitCode);
        Assert.Contains("no requests in these inputs", ReportOutput.Of("waf", folder.Write("none.ndjson", "{}\n")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shell_asks_one_query_after_the_other()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]));

        ReportOutput run = ReportOutput.OfInput("SELECT 1 AS a;\nSELECT x FROM nowhere;\nSELECT count(*)\nAS b FROM waf;\n", "waf", file, "--shell", "--format",
            "csv");

        Assert.Equal((2, "a\n1\nb\n1\n"), (run.ExitCode, run.Output));
        Assert.Contains("nowhere", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_downloaded()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0)]));

        Assert.Equal(
            ["""{"name":"allow_community_extensions","value":"false"}""", """{"name":"autoinstall_known_extensions","value":"false"}""",
                """{"name":"autoload_known_extensions","value":"false"}"""],
            ReportOutput.Ask("waf", file, "SELECT name, value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions') ORDER BY name"));
    }

    [Fact]
    public void A_formula_in_a_log_is_none_in_a_table()
    {
        string file = folder.Write("waf.ndjson", WafLog.Lines([WafLog.Record(0, uri: "=HYPERLINK(\"http://a.example\")")]));

        Assert.Equal("uri\n\"'=HYPERLINK(\"\"http://a.example\"\")\"\n",
            ReportOutput.Of("waf", file, "--sql", "SELECT uri FROM waf", "--format", "csv").Output);
    }
}
