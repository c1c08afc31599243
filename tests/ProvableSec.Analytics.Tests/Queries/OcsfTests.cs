using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProvableSec.Analytics.Tests.Queries;

/// <summary>
/// Records as events of OCSF 1.3.0. What an event must have is written here by hand, from the files of the schema (github.com/ocsf/ocsf-schema, tag 1.3.0:
/// events/network/http.json, events/findings/detection_finding.json, the objects that they name, profiles/cloud.json, profiles/security_control.json).
/// </summary>
public sealed partial class OcsfTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Requests_are_HTTP_Activity()
    {
        JsonObject record = WafLog.Record(0, "BLOCK", "192.0.2.7", "DE", "/login", "block-bots", ("Host", "shop.example:8443"), ("User-Agent", "curl/8.0"),
            ("X-Forwarded-For", "198.51.100.4, evil<script>, 2001:db8::1"));
        record["httpRequest"]!["args"] = "q=1";
        record["responseCodeSent"] = 403;
        record["ja3Fingerprint"] = "0123456789abcdef0123456789abcdef";
        record["ja4Fingerprint"] = "t13d1516h2_8daaf6152771_b186095e22b6";
        record["labels"] = new JsonArray(new JsonObject { ["name"] = "awswaf:managed:bot" });

        JsonElement json = Assert.Single(Export("waf", WafLog.Lines([record])));

        CheckHttpActivity(json);
        Assert.Equal(
            (3, "Get", 400203, 2, "Denied", 2, "Blocked", WafLog.Start.ToUnixTimeMilliseconds()),
            (Number(json, "activity_id"), Text(json, "activity_name"), Number(json, "type_uid"), Number(json, "action_id"), Text(json, "action"),
                Number(json, "disposition_id"), Text(json, "disposition"), json.GetProperty("time").GetInt64()));
        Assert.Equal("""{"ip":"192.0.2.7","location":{"country":"DE"}}""", json.GetProperty("src_endpoint").GetRawText());
        Assert.Equal("""{"hostname":"shop.example","port":8443,"svc_name":"ALB","uid":"111122223333-app/shop/0123"}""",
            json.GetProperty("dst_endpoint").GetRawText());
        JsonElement request = json.GetProperty("http_request");
        Assert.Equal("""{"hostname":"shop.example","port":8443,"path":"/login","query_string":"q=1"}""", request.GetProperty("url").GetRawText());
        Assert.Equal("""["198.51.100.4","2001:db8::1"]""", request.GetProperty("x_forwarded_for").GetRawText());
        Assert.Equal("""{"name":"host","value":"shop.example:8443"}""", request.GetProperty("http_headers")[0].GetRawText());
        Assert.Equal("""{"code":403}""", json.GetProperty("http_response").GetRawText());
        Assert.Equal("""{"provider":"AWS","region":"us-east-1","account":{"uid":"111122223333","type_id":10,"type":"AWS Account"}}""", json.GetProperty("cloud").GetRawText());
        Assert.Equal("0123456789abcdef0123456789abcdef", json.GetProperty("unmapped").GetProperty("ja3").GetString());
    }

    [Theory]
    [InlineData("\"ALLOW\"", 1, 1)]
    [InlineData("\"CAPTCHA\"", 2, 22)]
    [InlineData("\"CHALLENGE\"", 2, 23)]
    [InlineData("\"TARPIT\"", 0, 99)]
    [InlineData("null", 0, 0)]
    public void Actions_that_are_not_known_are_Unknown_and_named(string action, int actionId, int disposition)
    {
        JsonObject record = WafLog.Record(0);
        record["action"] = JsonNode.Parse(action);

        JsonElement json = Assert.Single(Export("waf", WafLog.Lines([record])));

        CheckHttpActivity(json);
        Assert.Equal((actionId, disposition), (Number(json, "action_id"), Number(json, "disposition_id")));
        Assert.Equal(disposition == 99 ? "TARPIT" : Text(json, "disposition"), Text(json, "disposition"));
    }

    [Theory]
    [InlineData("\"PATCH\"", 99, "PATCH")]
    [InlineData("\"TRACE\"", 8, "Trace")]
    [InlineData("null", 0, "Unknown")]
    public void Methods_that_the_class_does_not_have_are_Other(string method, int activity, string name)
    {
        JsonObject record = WafLog.Record(0);
        record["httpRequest"]!["httpMethod"] = JsonNode.Parse(method);

        JsonElement json = Assert.Single(Export("waf", WafLog.Lines([record])));

        CheckHttpActivity(json);
        Assert.Equal((activity, 400200 + activity, name), (Number(json, "activity_id"), Number(json, "type_uid"), Text(json, "activity_name")));
    }

    [Fact]
    public void Every_request_is_an_event_however_hostile_it_is()
    {
        string lines = WafLog.Lines(WafLog.Mixed()) + """{"httpRequest":{},"webaclId":"5933d6d9-classic","terminatingRuleId":"Default_Action"}""" + "\n";

        JsonElement[] events = Export("waf", lines, out ReportOutput run);

        Assert.Equal(401, events.Length);
        Assert.All(events, CheckHttpActivity);
        Assert.Equal(
            WafLog.Mixed().Count(record => (string?)record["action"] == "BLOCK"), events.Count(json => Number(json, "disposition_id") == 2));
        Assert.Contains("1 requests tell no time", run.Error, StringComparison.Ordinal);
        Assert.Contains("not in the record", events.Single(json => !json.TryGetProperty("src_endpoint", out _)).GetProperty("unmapped").GetProperty("time")
            .GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Updates_of_GuardDuty_are_Detection_Findings()
    {
        string created = GuardDutyLog.Event("f1", GuardDutyLog.ProbeType, "2026-02-28T00:00:00.000Z", 1,
            GuardDutyLog.ProbeAction(GuardDutyLog.Probe(22, "SSH", 13.25, 55.5)), GuardDutyLog.Instance("i-1"), 5);
        string updated = created.Replace("\"updatedAt\":\"2026-02-28", "\"updatedAt\":\"2026-03-01", StringComparison.Ordinal), archived =
            updated.Replace("\"archived\":false", "\"archived\":true", StringComparison.Ordinal);
        string unknown = GuardDutyLog.Event("f2", "Telepathy:Cloud/Reading", "2026-03-01T00:00:00.000Z", 1, severity: 0);

        JsonElement[] events = Export("guardduty", $"{created}\n{updated}\n{archived}\n{unknown}\n");

        Assert.All(events, CheckDetectionFinding);
        Assert.Equal([(1, 3), (2, 3), (3, 3), (2, 0)], events.Select(json => (Number(json, "activity_id"), Number(json, "severity_id"))));
        Assert.Equal("""{"title":"a title","uid":"f1","desc":"a description","types":["Recon:EC2/PortProbeUnprotectedPort"],"created_time":1772236800000,"modified_time":1772236800000,"first_seen_time":1772236800000,"last_seen_time":1772236800000,"product_uid":"arn:aws:guardduty:eu-central-1:111122223333:detector/d","attacks":[{"tactic":{"uid":"TA0043","name":"Reconnaissance"}}],"kill_chain":[{"phase_id":1,"phase":"Reconnaissance"}]}""", events[0].GetProperty("finding_info").GetRawText());
        Assert.Equal("""[{"src_endpoint":{"ip":"198.51.100.7","location":{"city":"Lund","desc":"Sweden","long":13.25,"lat":55.5}},"dst_endpoint":{"port":22,"svc_name":"SSH"}}]""", events[0].GetProperty("evidences").GetRawText());
        Assert.Equal("""[{"uid":"i-1","type":"Instance","region":"eu-central-1","cloud_partition":"aws"}]""", events[0].GetProperty("resources").GetRawText());
        Assert.False(events[3].GetProperty("finding_info").TryGetProperty("kill_chain", out _));
    }

    [Fact]
    public void Findings_of_all_sources_are_Detection_Findings_with_what_is_proved()
    {
        folder.Write("in/hub.json", """
            {"Findings":[{"SchemaVersion":"2018-10-08","Id":"a","ProductName":"Macie","CompanyName":"AWS","GeneratorId":"g","AwsAccountId":"111122223333","Types":["TTPs/Discovery"],"Severity":{"Label":"LOW"},"Title":"t","Resources":[{"Type":"AwsS3Bucket","Id":"arn:aws:s3:::reports","Region":"eu-central-1"}],"UpdatedAt":"2026-03-02T00:00:00.000Z","RecordState":"ACTIVE"},
                         {"SchemaVersion":"2018-10-08","Id":"b","ProductName":"Config","GeneratorId":"g","AwsAccountId":"111122223333","Types":[],"Severity":{"Label":"HIGH"},"Title":"t","Resources":[{"Type":"Other","Id":"x"}],"UpdatedAt":"2026-03-02T00:00:00.000Z","RecordState":"ARCHIVED"}]}
            """);
        folder.Write("in/check.json", """
            [{"rule":"PSEC2001","severity":"error","file":"bucket.json","line":4,"pointer":"/Statement/0","message":"anyone may call s3:GetObject","witness":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::reports/example","context":{}}}]
            """);
        folder.Write("in/other.sarif", """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Semgrep"}},"results":[{"ruleId":"r","level":"error","message":{"text":"m"},"locations":[]}]}]}""");

        JsonElement[] events = Export("findings", folder["in"], out ReportOutput run, isPath: true);

        Assert.All(events, CheckDetectionFinding);
        Assert.Equal(
            ["AWS Macie 2 1 0", "ProvableSec provablesec 4 1 0", "Semgrep Semgrep 4 1 0", "Unknown Config 4 99 3"],
            events.Select(json =>
                $"{Text(json.GetProperty("metadata").GetProperty("product"), "vendor_name")} {Text(json.GetProperty("metadata").GetProperty("product"), "name")} {Number(json, "severity_id")} {Number(json, "status_id")} {Number(json, "activity_id")}").Order(StringComparer.Ordinal));
        Assert.Equal("proved: * may call s3:GetObject on arn:aws:s3:::reports/example",
            events.Single(json => json.GetRawText().Contains("Macie", StringComparison.Ordinal)).GetProperty("risk_details").GetString());
        Assert.Contains("2 findings tell no time", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("waf")]
    [InlineData("guardduty")]
    public void Parquet_has_the_same_events(string kind)
    {
        string input = folder.Write("in.ndjson", kind == "waf" ? WafLog.Lines(WafLog.Mixed()) : string.Join('\n', GuardDutyLog.PortProbes(5)));

        Assert.Equal(0, ReportOutput.Of(kind, input, "--export", "ocsf-parquet", "--to", folder["events.parquet"]).ExitCode);

        string[] expected = [.. Export(kind, input, out _, isPath: true)
            .Select(json => $"{Number(json, "type_uid")} {json.GetProperty("time").GetInt64()} {json.GetProperty("metadata").GetProperty("uid").GetString()}")
            .Order(StringComparer.Ordinal)];
        Assert.Equal(expected,
            ReportOutput.Ask(kind, input, $"SELECT type_uid || ' ' || time || ' ' || metadata.uid AS e FROM read_parquet('{folder["events.parquet"]}')")
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("e").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_is_there_as_a_whole_or_not_at_all()
    {
        string input = folder.Write("in.ndjson", WafLog.Lines([WafLog.Record(0)]));

        Assert.Equal(2, ReportOutput.Of("waf", input, "--export", "ocsf", "--to", folder["in.ndjson/x.json"]).ExitCode);
        Assert.Equal(2, ReportOutput.Of("waf", folder["nothing"], "--export", "ocsf", "--to", folder["x.json"]).ExitCode);
        Assert.Equal([input], Directory.GetFileSystemEntries(Path.GetDirectoryName(input)!));
    }

    private static void CheckHttpActivity(JsonElement json)
    {
        CheckBase(json, 4, 4002, [0, 1, 2, 3, 4, 5, 6, 7, 8, 99]);
        Assert.Contains(Number(json, "action_id"), (int[])[0, 1, 2]);
        Assert.Contains(Number(json, "disposition_id"), (int[])[0, 1, 2, 20, 22, 23, 99]);
        Assert.Contains(Number(json, "status_id"), (int[])[0, 1, 2]);
        Assert.Equal("AWS", Text(json.GetProperty("cloud"), "provider"));
        Assert.True(Number(json.GetProperty("http_response"), "code") >= 0);
        CheckEndpoint(json.GetProperty("dst_endpoint"));
        JsonElement request = json.GetProperty("http_request");
        Assert.Equal(JsonValueKind.String, request.GetProperty("url").GetProperty("path").ValueKind);
        Assert.All(request.TryGetProperty("http_headers", out JsonElement headers) ? headers.EnumerateArray() : Enumerable.Empty<JsonElement>(),
            header => Assert.False(Text(header, "name") is null || Text(header, "value") is null));
        Assert.All(json.TryGetProperty("ja4_fingerprint_list", out JsonElement fingerprints) ? fingerprints.EnumerateArray() : Enumerable.Empty<JsonElement>(),
            fingerprint => Assert.Equal(1, Number(fingerprint, "type_id")));
        if (json.GetProperty("cloud").TryGetProperty("account", out JsonElement account))
        {
            Assert.Equal(10, Number(account, "type_id"));
        }
    }

    private static void CheckDetectionFinding(JsonElement json)
    {
        CheckBase(json, 2, 2004, [0, 1, 2, 3, 99]);
        Assert.Contains(Number(json, "status_id"), (int[])[0, 1, 2, 3, 4, 99]);
        JsonElement info = json.GetProperty("finding_info");
        Assert.False(string.IsNullOrEmpty(Text(info, "title")) || string.IsNullOrEmpty(Text(info, "uid")));
        Assert.All(info.TryGetProperty("kill_chain", out JsonElement phases) ? phases.EnumerateArray() : Enumerable.Empty<JsonElement>(),
            phase => Assert.InRange(Number(phase, "phase_id"), 1, 7));
        bool isCloud = json.GetProperty("metadata").TryGetProperty("profiles", out JsonElement profiles)
            && profiles.EnumerateArray().Any(profile => profile.GetString() == "cloud");
        Assert.Equal(isCloud, json.TryGetProperty("cloud", out JsonElement cloud) && Text(cloud, "provider") == "AWS");
        foreach (JsonElement evidence in json.TryGetProperty("evidences", out JsonElement evidences) ? evidences.EnumerateArray()
            : Enumerable.Empty<JsonElement>())
        {
            Assert.NotEmpty(evidence.EnumerateObject());
        }
    }

    private static void CheckBase(JsonElement json, int category, int type, int[] activities)
    {
        Assert.Equal((category, type), (Number(json, "category_uid"), Number(json, "class_uid")));
        int activity = Number(json, "activity_id");
        Assert.Contains(activity, activities);
        Assert.Equal((type * 100) + activity, Number(json, "type_uid"));
        Assert.InRange(Number(json, "severity_id"), 0, 5);
        Assert.InRange(json.GetProperty("time").GetInt64(), 1_700_000_000_000, 4_000_000_000_000);
        JsonElement metadata = json.GetProperty("metadata");
        Assert.Equal("1.3.0", Text(metadata, "version"));
        Assert.False(string.IsNullOrEmpty(Text(metadata.GetProperty("product"), "vendor_name")));
        Assert.DoesNotMatch(":(null|\\{\\}|\\[\\])[,}]", Strings().Replace(json.GetRawText(), "\"\""));
    }

    /// <summary>Of a name, a port or a service there is one at least; a name is one of the domain name system.</summary>
    private static void CheckEndpoint(JsonElement endpoint)
    {
        Assert.Contains(endpoint.EnumerateObject(), member => member.Name is "hostname" or "ip" or "svc_name" or "uid");
        if (endpoint.TryGetProperty("hostname", out JsonElement name))
        {
            Assert.Matches("^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])$", name.GetString());
        }
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private JsonElement[] Export(string kind, string lines) => Export(kind, lines, out _);

    private JsonElement[] Export(string kind, string lines, out ReportOutput run, bool isPath = false)
    {
        string input = isPath ? lines : folder.Write("input.ndjson", lines);
        run = ReportOutput.Of(kind, input, "--export", "ocsf", "--to", folder["events.ndjson"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        return [.. File.ReadAllLines(folder["events.ndjson"]).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Strings();
}
