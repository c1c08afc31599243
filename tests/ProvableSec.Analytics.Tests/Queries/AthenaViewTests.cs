using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Queries;
using ProvableSec.Report;

namespace ProvableSec.Analytics.Tests.Queries;

/// <summary>The tables and views of Athena, run over the same records as the embedded ones: both say the same of every record, and every question has the same
/// answer.</summary>
public sealed class AthenaViewTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Requests_are_the_same() => Check(ReportKind.Waf, WafLog.Lines([.. WafLog.Mixed(), .. Rich()]));

    [Theory]
    [InlineData("firehose")]
    [InlineData("sorted")]
    public void Findings_of_GuardDuty_are_the_same(string layout) => Check(
        ReportKind.GuardDuty,
        string.Join('\n', [
            .. Probes(20), .. Probes(3).Select(line => line.Replace("2026-03-01", "2026-03-02")),
            GuardDutyLog.Event("k", "Discovery:IAMUser/AnomalousBehavior", "2026-03-01T11:00:00.000Z", 3,
                ""","action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"api":"ListBuckets","remoteIpDetails":{"ipAddressV4":"198.51.100.9","country":{"countryName":"Norway"},"city":{"cityName":"Bergen"},"organization":{"org":"Net"}}}}""",
                ""","accessKeyDetails":{"userName":"ada"}""", 7.5),
            GuardDutyLog.Event("t", "Recon:EC2/Portscan", "yesterday", 3),
            GuardDutyLog.Event("b", "Exfiltration:S3/AnomalousBehavior", "2026-03-01T11:00:00.000Z", 3,
                resource: ""","s3BucketDetails":[{"name":"reports"},{"name":"other"}]"""),
            GuardDutyLog.Event("d", "CryptoCurrency:EC2/BitcoinTool.B!DNS", "2026-03-01T11:00:00.000Z", 3,
                ""","action":{"actionType":"DNS_REQUEST","dnsRequestAction":{"domain":"pool.example"}}""", GuardDutyLog.Instance("i-9"), 8),
            GuardDutyLog.Event("n", "UnauthorizedAccess:EC2/SSHBruteForce", "2026-03-01T11:00:00.000Z", 3, ""","action":{"actionType":"NETWORK_CONNECTION","networkConnectionAction":{"remoteIpDetails":{"ipAddressV4":"198.51.100.8","country":{"countryName":"Peru"},"city":{"cityName":"Lima"},"organization":{"org":"ISP"}}}}"""),
        ]) + "\n",
        layout: layout == "sorted" ? AthenaLayout.Sorted : AthenaLayout.Firehose);

    [Fact]
    public void Findings_of_Security_Hub_are_the_same()
    {
        string[] states = ["\"RecordState\":\"ACTIVE\"", "\"RecordState\":\"ARCHIVED\"", "\"Workflow\":{\"Status\":\"SUPPRESSED\"}",
            "\"Compliance\":{\"Status\":\"PASSED\"}", "\"Workflow\":{\"Status\":\"NEW\"},\"Compliance\":{\"Status\":\"FAILED\"}"];
        string[] severities = ["\"Label\":\"CRITICAL\"", "\"Label\":\"HIGH\",\"Normalized\":5", "\"Normalized\":70", "\"Normalized\":40", "\"Normalized\":1",
            "\"Normalized\":0", "\"Label\":\"STRANGE\",\"Normalized\":95"];
        (string Type, string Id)[] resources =
        [
            ("AwsS3Bucket", "arn:aws:s3:::reports"), ("AwsS3Bucket", "reports"), ("AwsIamRole", "arn:aws:iam::111122223333:role/path/deploy"),
                ("Role", "deploy"), ("AwsIamUser", "arn:aws:iam::111122223333:user/ada"), ("IAMUser", "ada"),
            ("Other", "arn:aws:sts::111122223333:assumed-role/deploy/session"), ("AwsEc2Instance", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1"),
                ("Instance", "i-1"), ("Other", "a.json"), ("Other", "arn:aws:s3:::reports/key"), ("Other", ""),
        ];
        string[] generators = ["aws-foundational/v/1.0.0/S3.1", "provablesec/PSEC2001", "provablesec/PSEC2003", "provablesec/PSEC1001", "provablesec/PSEC3001"];
        string[] types = ["\"TTPs/Discovery\"", "\"TTPs/Initial Access\",\"TTPs/Discovery\"",
            "\"Software and Configuration Checks/AWS Security Best Practices\",\"Effects/Data Exfiltration\"", "\"Unusual Behaviors\"", ""];
        string[] ids = ["arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/f",
            "arn:aws:securityhub:eu-central-1:111122223333:subscription/x/finding/", "plain"];
        var events = new List<string>();
        for (int i = 0; i < 300; i++)
        {
            (string type, string id) = resources[i % resources.Length];
            string pointer = i % 3 == 0 ? "" : $",\"provablesec/Pointer\":\"/Statement/{i % 2}\"", title = i % 11 == 0 ? ""
                : $"\"Title\":\"title {i % 9}\",", product = i % 4 == 0 ? "" : "\"ProductName\":\"Product\",\"CompanyName\":\"Company\",";
            string finding = $$$"""{"SchemaVersion":"2018-10-08","Id":"{{{ids[i % ids.Length]}}}{{{i % 50}}}",{{{product}}}{{{title}}}"GeneratorId":"{{{generators[i % generators.Length]}}}","AwsAccountId":"111122223333","Region":"eu-west-1","Types":[{{{types[i % types.Length]}}}],"Severity":{{{Braces(severities[i % severities.Length])}}},"Description":"d {{{i % 5}}}","Resources":[{"Type":"{{{type}}}","Id":"{{{id}}}"{{{(i % 2 == 0 ? ",\"Region\":\"eu-central-1\"" : "")}}} }],"ProductFields":{"provablesec/File":"dir\\a{{{i % 6}}}.json","aws/securityhub/ProductName":"Hub product"{{{pointer}}} },"UpdatedAt":"2026-03-{{{1 + (i % 28):00}}}T01:02:03.456Z",{{{states[i % states.Length]}}} }""";
            events.Add($$$"""{"version":"0","id":"e{{{i}}}","detail-type":"Security Hub Findings - Imported","source":"aws.securityhub","account":"111122223333","time":"2026-03-01T00:00:00Z","region":"eu-central-1","resources":[],"detail":{"findings":[{{{finding}}}]}}""");
        }

        Check(ReportKind.Findings, string.Join('\n', events) + "\n");
    }

    /// <summary>Trino unpacks a list of objects by the order of their members, which the view has to name as the table does.</summary>
    [Fact]
    public void A_list_is_unpacked_in_the_order_of_its_members()
    {
        var script = new AthenaScript("findings", QuestionSet.Findings, AthenaLayout.Firehose, "s3://bucket/", 2026, ReportKind.RulePhases);
        string table = script.Tables.Single().Sql, members = Regex.Match(table, "`detail` struct<findings:array<(struct<.*>)>>\n").Groups[1].Value;

        string names = Regex.Match(script.Views.First().Sql, @"UNNEST\(l\.detail\.findings\) AS f \(([^)]*)\)").Groups[1].Value;

        Assert.Equal(TrinoInDuckDb.MembersOf(members), names.Split(", "));
    }

    private void Check(ReportKind kind, string lines, AthenaLayout? layout = null)
    {
        string file = folder.Write("records.ndjson", lines);
        var script = new AthenaScript(kind.Name, kind.Questions, layout ?? AthenaLayout.Firehose, "s3://bucket/", 2026, ReportKind.RulePhases);
        using var athena = new AnalysisDatabase(2, 400);
        TrinoInDuckDb.Prepare(athena);
        foreach ((_, string sql) in script.Tables)
        {
            TrinoInDuckDb.CreateTable(athena, sql, file);
        }

        foreach ((_, string sql) in script.Views)
        {
            athena.Execute(TrinoInDuckDb.Translated(sql));
        }

        Assert.Equal(0, ReportOutput.Of(kind.Name, file, "--export", "parquet", "--to", folder["embedded.parquet"]).ExitCode);
        using var embedded = new AnalysisDatabase(2, 400);
        embedded.Execute($"CREATE VIEW {kind.Table.Name} AS SELECT * FROM read_parquet('{folder["embedded.parquet"]}')");
        kind.CreateViews(embedded, null, null);

        string columns = string.Join(", ", kind.Table.Columns.Select(column => $"\"{column.Name}\""));
        string[] Rows(AnalysisDatabase database, string sql) =>
            [.. database.Query($"SELECT to_json(r)::VARCHAR FROM ({sql}) AS r").Rows.Select(row => (string)row[0]!)];
        string records = $"SELECT {columns} FROM {kind.View} ORDER BY ALL";
        Assert.Equal(Rows(embedded, records), Rows(athena, records));
        Assert.All(script.Queries.Where(query => query.Name is not ("unreadable" or "one-type")),
            query => Assert.Equal(Rows(embedded, query.Sql), Rows(athena, query.Sql)));
        Assert.Equal(0L, athena.Query(script.Queries.Single(query => query.Name == "unreadable").Sql).Rows[0][0]);
    }

    /// <summary>Whole numbers of degrees are written in another way by each of the two.</summary>
    private static IEnumerable<string> Probes(int count) => GuardDutyLog.PortProbes(count)
        .Select(line => Regex.Replace(line, "\"lon\":([0-9]+)", "\"lon\":$1.25"));

    private static string Braces(string members) => "{" + members + "}";

    /// <summary>Records with all that there can be in one.</summary>
    private static IEnumerable<JsonObject> Rich()
    {
        for (int i = 0; i < 20; i++)
        {
            JsonObject record = WafLog.Record(500 + i, i % 2 == 0 ? "BLOCK" : "ALLOW", $"198.51.100.{i}", "SE", "/rich", "group", ("Host", "a.example"),
                ("COOKIE", "c"), ("X-Forwarded-For", "192.0.2.1"), ("Accept", "*/*"), ("accept", "text/html"), ("Referer", "r"), ("Accept-Language", "sv"),
                ("Accept-Encoding", "br"), ("Upgrade-Insecure-Requests", "1"), ("x-imforwards", "20"));
            record["ruleGroupList"] = JsonNode.Parse($$"""[{"ruleGroupId":"g{{i % 3}}","terminatingRule":{{(i % 2 == 0 ? """{"ruleId":"t","action":"BLOCK"}""" : "null")}},"nonTerminatingMatchingRules":[{"ruleId":"n","action":"COUNT","overriddenAction":"BLOCK"}],"excludedRules":[{"exclusionType":"EXCLUDED_AS_COUNT","ruleId":"x"}]},{"ruleGroupId":"empty","terminatingRule":null,"nonTerminatingMatchingRules":[],"excludedRules":null}]""");
            record["nonTerminatingMatchingRules"] = JsonNode.Parse("""[{"ruleId":"count-bots","action":"COUNT","ruleMatchDetails":[]},{"ruleId":"captcha","action":"CAPTCHA"}]""");
            record["rateBasedRuleList"] = JsonNode.Parse("""[{"rateBasedRuleId":"1","rateBasedRuleName":"rate","limitKey":"IP","maxRateAllowed":100,"limitValue":"192.0.2.1"},{"rateBasedRuleId":"2","limitKey":"IP","maxRateAllowed":100}]""");
            record["labels"] = JsonNode.Parse("""[{"name":"awswaf:bot:category:search_engine"},{"name":"custom:a"}]""");
            record["requestHeadersInserted"] = JsonNode.Parse("""[{"name":"X-Amzn-Waf","value":"1"}]""");
            record["captchaResponse"] = JsonNode.Parse("""{"responseCode":405,"solveTimestamp":1,"failureReason":"TOKEN_MISSING"}""");
            record["challengeResponse"] = JsonNode.Parse("""{"responseCode":202}""");
            record["ja3Fingerprint"] = "j3";
            record["ja4Fingerprint"] = "j4";
            record["oversizeFields"] = new JsonArray("REQUEST_BODY");
            record["requestBodySize"] = 5000;
            record["requestBodySizeInspectedByWAF"] = 4096;
            record["responseCodeSent"] = 403;
            record["clientAsn"] = 64500;
            record["sampleWeight"] = 1 + (i % 4);
            record["httpRequest"]!["fragment"] = "f";
            record["httpRequest"]!["scheme"] = "https";
            record["httpRequest"]!["args"] = "a=b";
            yield return record;
        }
    }
}
