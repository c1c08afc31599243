using System.Text.Json;

namespace ProvableSec.Analytics.Tests.GuardDuty;

/// <summary>What is in the tables and views of GuardDuty's findings.</summary>
public sealed class GuardDutyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Port_probe_geo_has_a_row_for_each_detail()
    {
        string file = folder.Write("findings.ndjson",
            GuardDutyLog.Event("f1", GuardDutyLog.ProbeType, "2026-03-01T11:00:00.000Z", 7,
                GuardDutyLog.ProbeAction(GuardDutyLog.Probe(22, "SSH", 13.2, 55.7), GuardDutyLog.Probe(80, "HTTP", -74.5, 40.1))) + "\n"
            + GuardDutyLog.Event("f2", "Recon:EC2/Portscan", "2026-03-01T11:00:00.000Z", 9, GuardDutyLog.ProbeAction(GuardDutyLog.Probe(22, "SSH", 1, 2)))
                + "\n");

        Assert.Equal(
            [
                """{"id":"f1","region":"eu-central-1","time":"2026-03-01T12:00:00Z","type":"Recon:EC2/PortProbeUnprotectedPort","count":7,"localport":22,"localportname":"SSH","longitude":13.2,"latitude":55.7,"country":"Sweden","city":"Lund"}""",
                """{"id":"f1","region":"eu-central-1","time":"2026-03-01T12:00:00Z","type":"Recon:EC2/PortProbeUnprotectedPort","count":7,"localport":80,"localportname":"HTTP","longitude":-74.5,"latitude":40.1,"country":"Sweden","city":"Lund"}""",
            ],
            ReportOutput.Ask("guardduty", file, "SELECT * FROM port_probe_geo ORDER BY localport"));
    }

    [Fact]
    public void A_probe_without_a_place_has_none()
    {
        string file =
            folder.Write("findings.ndjson", GuardDutyLog.Event("f1", GuardDutyLog.ProbeType, "2026-03-01T11:00:00.000Z", 7,
            GuardDutyLog.ProbeAction("""{"localPortDetails":{"port":22,"portName":"SSH"}}""")));

        Assert.Equal("""{"longitude":null,"latitude":null,"localport":22}""",
            Assert.Single(ReportOutput.Ask("guardduty", file, "SELECT longitude, latitude, localport FROM port_probe_geo")));
        Assert.Equal(0, ReportOutput.Of("guardduty", file, "--out", folder["page.html"]).ExitCode);
    }

    [Fact]
    public void Affected_instances_has_the_highest_count_at_each_time()
    {
        string file = folder.Write("findings.ndjson", string.Concat(
            new[] { (3, "2026-03-01T12:00:00Z"), (8, "2026-03-01T12:00:00Z"), (5, "2026-03-01T13:00:00Z") }
                .Select((update, i) => GuardDutyLog.Event("f" + i, "UnauthorizedAccess:EC2/SSHBruteForce", "2026-03-01T11:00:00.000Z", update.Item1,
                    resource: GuardDutyLog.Instance("i-1"), time: update.Item2) + "\n")));

        Assert.Equal(
            ["""{"instance_id":"i-1","time":"2026-03-01T12:00:00Z","max_count":8}""", """{"instance_id":"i-1","time":"2026-03-01T13:00:00Z","max_count":5}"""],
            ReportOutput.Ask("guardduty", file, "SELECT * FROM affected_instances ORDER BY time"));
    }

    [Fact]
    public void Of_a_finding_the_latest_update_counts_and_an_update_met_twice_is_one()
    {
        string first = GuardDutyLog.Event("f1", "Recon:EC2/Portscan", "2026-03-01T11:00:00.000Z", 1), second =
            GuardDutyLog.Event("f1", "Recon:EC2/Portscan", "2026-03-02T11:00:00.000Z", 5, severity: 8);
        string file = folder.Write("findings.ndjson", second + "\n" + first + "\n" + first + "\n");

        Assert.Equal("""{"id":"f1","count":5,"severity_label":"HIGH"}""",
            Assert.Single(ReportOutput.Ask("guardduty", file, "SELECT id, count, severity_label FROM guardduty_findings")));
        Assert.Equal("""{"updates":2}""", Assert.Single(ReportOutput.Ask("guardduty", file, "SELECT count(*) AS updates FROM guardduty_updates")));
        JsonElement totals = Assert.Single(ReportOutput.Of("guardduty", file, "--format", "json").Rows("totals"));
        Assert.Equal((1, 1), (totals.GetProperty("findings").GetInt32(), totals.GetProperty("high").GetInt32()));
    }

    [Fact]
    public void An_answer_of_the_API_has_the_same_rows()
    {
        string answer =
            """
            {
              "Findings": [
                {"AccountId":"111122223333","Arn":"arn","CreatedAt":"2026-02-28T00:00:00.000Z","Description":"d","Id":"f1","Partition":"aws","Region":"us-east-1",
                 "Resource":{"ResourceType":"AccessKey","AccessKeyDetails":{"AccessKeyId":"key","PrincipalId":"p","UserName":"build","UserType":"IAMUser"}},"SchemaVersion":"2.0",
                 "Service":{"Action":{"ActionType":"AWS_API_CALL","AwsApiCallAction":{"Api":"ListBuckets","RemoteIpDetails":{"IpAddressV4":"198.51.100.9","Country":{"CountryName":"Norway"},"City":{"CityName":"Bergen"},"Organization":{"Org":"Net"}}}},
                            "Archived":true,"Count":4,"EventFirstSeen":"2026-02-27T00:00:00Z","EventLastSeen":"2026-03-01T00:00:00Z"},
                 "Severity":5.5,"Title":"t","Type":"Discovery:IAMUser/AnomalousBehavior","UpdatedAt":"2026-03-01T01:02:03.456Z"}
              ]
            }
            """;

        Assert.Equal(
            """{"id":"f1","type":"Discovery:IAMUser/AnomalousBehavior","severity":5.5,"resource_type":"AccessKey","resource":"build","api":"ListBuckets","remote_ip":"198.51.100.9","remote_country":"Norway","remote_city":"Bergen","remote_organization":"Net","archived":true,"count":4,"time":"2026-03-01T01:02:03.456Z","tactic":"Discovery (TA0007)"}""",
            Assert.Single(ReportOutput.Ask("guardduty", folder.Write("answer.json", answer), "SELECT id, type, severity, resource_type, resource, api, remote_ip, remote_country, remote_city, remote_organization, archived, count, time, tactic FROM guardduty_tactics")));
    }

    [Fact]
    public void A_type_that_is_not_known_is_shown_as_it_is()
    {
        string file = folder.Write("findings.ndjson", GuardDutyLog.Event("f1", "Telepathy:Cloud/Mind!Reading", "2026-03-01T11:00:00.000Z", 1));

        Assert.Equal("""{"type":"Telepathy:Cloud/Mind!Reading","tactic":"none that is known"}""",
            Assert.Single(ReportOutput.Ask("guardduty", file, "SELECT type, tactic FROM guardduty_tactics")));
    }

    [Theory]
    [InlineData("2026-03-01T01:02:03Z", "2026-03-01T01:02:03Z")]
    [InlineData("2026-03-01T01:02:03.4Z", "2026-03-01T01:02:03.400Z")]
    [InlineData("2026-03-01T01:02:03.456789Z", "2026-03-01T01:02:03.456Z")]
    [InlineData("2024-02-29T23:59:59.000Z", "2024-02-29T23:59:59Z")]
    [InlineData("2026-03-01T01:02:03+01:00", "2026-03-01T00:02:03Z")]
    [InlineData("2026-02-30T01:02:03Z", null)]
    [InlineData("2026-03-01T25:02:03Z", null)]
    [InlineData("yesterday", null)]
    public void Times_are_read_however_they_are_written(string written, string? read)
    {
        string file = folder.Write("findings.ndjson", GuardDutyLog.Event("f1", "Recon:EC2/Portscan", written, 1));

        Assert.Equal(
            read is null ? """{"updated":null}""" : $$"""{"updated":"{{read}}"}""",
            Assert.Single(ReportOutput.Ask("guardduty", file, "SELECT updated FROM guardduty")));
    }

    [Fact]
    public void Findings_are_sorted_by_type_and_day_as_they_are()
    {
        string first = GuardDutyLog.Event("f1", GuardDutyLog.ProbeType, "2026-03-01T11:00:00.000Z", 1, time: "2026-03-01T12:00:00Z");
        string second = GuardDutyLog.Event("f2", "CryptoCurrency:EC2/BitcoinTool.B!DNS", "2026-03-02T11:00:00.000Z", 1, time: "2026-03-02T12:00:00Z");
        string file = folder.Write("findings.ndjson", first + second + "\n{\"cut\n");

        ReportOutput run = ReportOutput.Of("guardduty", file, "--partition", folder["sorted"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(first + "\n", File.ReadAllText(folder["sorted/finding_type=Recon%3AEC2%2FPortProbeUnprotectedPort/year=2026/month=03/day=01/findings.ndjson"]));
        Assert.Equal(second + "\n", File.ReadAllText(folder["sorted/finding_type=CryptoCurrency%3AEC2%2FBitcoinTool.B%21DNS/year=2026/month=03/day=02/findings.ndjson"]));
        Assert.Equal("{\"cut\n", File.ReadAllText(folder["sorted/_unreadable.ndjson"]));
        Assert.Contains("2 findings of 2 types in 2 folders", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ReportOutput.Ask("guardduty", folder["sorted"], "SELECT id FROM guardduty").Length);
    }

    [Theory]
    [InlineData("../../../escape")]
    [InlineData("..")]
    [InlineData("a\\..\\b")]
    public void A_type_leads_out_of_no_folder(string type)
    {
        string file = folder.Write("findings.ndjson", GuardDutyLog.Event("f1", JsonEncodedText.Encode(type).ToString(), "2026-03-01T11:00:00.000Z", 1));

        Assert.Equal(0, ReportOutput.Of("guardduty", file, "--partition", folder["in/sorted"]).ExitCode);

        Assert.Single(Directory.GetFiles(folder["in/sorted"], "*", SearchOption.AllDirectories));
        Assert.Equal([folder["in/sorted"]], Directory.GetFileSystemEntries(folder["in"]));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_left_alone()
    {
        string file = folder.Write("findings.ndjson", GuardDutyLog.Event("f1", "Recon:EC2/Portscan", "2026-03-01T11:00:00.000Z", 1));
        folder.Write("sorted/mine", "");

        ReportOutput run = ReportOutput.Of("guardduty", file, "--partition", folder["sorted"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("exists and is not an empty folder", run.Error, StringComparison.Ordinal);
        Assert.Equal([folder["sorted/mine"]], Directory.GetFileSystemEntries(folder["sorted"]));
    }
}
