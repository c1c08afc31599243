using System.Text.Json;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Analytics.Tests.Findings;

/// <summary>One list of the findings of all sources.</summary>
public sealed class FindingsTests : IDisposable
{
    private const string Ranked = "SELECT source, severity, proved_reach, resource, met FROM findings_ranked ORDER BY score DESC, finding_key";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_finding_that_Security_Hub_has_from_GuardDuty_is_one_finding()
    {
        folder.Write("in/guardduty.json", GuardDutyLog.Event("f1", "Recon:EC2/Portscan", "2026-03-01T00:00:00.000Z", 1, resource: GuardDutyLog.Instance("i-1"),
            severity: 8));
        folder.Write("in/hub.json", $$"""{"Findings":[{{Asff("arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/f1", "GuardDuty", "HIGH", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1")}}]}""");

        JsonElement row = JsonDocument.Parse(Assert.Single(ReportOutput.Ask("findings", folder["in"], Ranked))).RootElement;

        Assert.Equal(("HIGH", 2), (row.GetProperty("severity").GetString(), row.GetProperty("met").GetInt32()));
    }

    [Fact]
    public void What_is_proved_to_be_reachable_comes_first_with_its_proof()
    {
        folder.Write("in/hub.json", $$"""
            {"Findings":[
              {{Asff("a", "Macie", "LOW", "arn:aws:s3:::reports")}},
              {{Asff("b", "Inspector", "CRITICAL", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1")}}
            ]}
            """);
        folder.Write("in/check.json", """
            [{"rule":"PSEC2001","severity":"error","file":"bucket.json","line":4,"column":1,"endLine":4,"endColumn":2,"pointer":"/Statement/0","message":"anyone may call s3:GetObject",
              "accessAnalyzer":null,"witness":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::reports/example","context":{}}}]
            """);

        Assert.Equal(
            [
                """{"source":"provablesec","severity":"HIGH","proved_reach":"public access","resource":"arn:aws:s3:::reports/example","met":1}""",
                """{"source":"Macie","severity":"LOW","proved_reach":"public access","resource":"arn:aws:s3:::reports","met":1}""",
                """{"source":"Inspector","severity":"CRITICAL","proved_reach":null,"resource":"arn:aws:ec2:eu-central-1:111122223333:instance/i-1","met":1}""",
            ],
            ReportOutput.Ask("findings", folder["in"], Ranked));
        Assert.Equal(
            """{"proof":"proved: * may call s3:GetObject on arn:aws:s3:::reports/example"}""",
            Assert.Single(ReportOutput.Ask("findings", folder["in"], "SELECT proof FROM findings_ranked WHERE source = 'Macie'")));
    }

    [Fact]
    public void A_finding_without_a_witness_proves_nothing()
    {
        string file = folder.Write("check.json", """[{"rule":"PSEC2003","severity":"warning","file":"a.json","line":1,"pointer":"/Statement/0","message":"m","witness":null}]""");

        Assert.Contains("\"proved_reach\":null", Assert.Single(ReportOutput.Ask("findings", file, Ranked)), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_check_are_one_in_JSON_and_SARIF_and_ASFF()
    {
        folder.Write("in/check.json", """[{"rule":"PSEC2003","severity":"warning","file":"a.json","line":7,"pointer":"/Statement/0/Action/0","message":"m","witness":null}]""");
        folder.Write("in/check.sarif", """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"provablesec"}},"results":[{"ruleId":"PSEC2003","level":"warning","message":{"text":"m"},
              "locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.json"},"region":{"startLine":7}}}],"properties":{"pointer":"/Statement/0/Action/0","witness":null}}]}]}
            """);
        folder.Write("in/asff.json", """
            {"Findings":[{"SchemaVersion":"2018-10-08","Id":"provablesec/1","GeneratorId":"provablesec/PSEC2003","AwsAccountId":"111122223333","Severity":{"Label":"MEDIUM"},"Title":"PSEC2003 t",
              "Resources":[{"Type":"Other","Id":"a.json"}],"ProductFields":{"provablesec/File":"a.json","provablesec/Pointer":"/Statement/0/Action/0"},"RecordState":"ACTIVE","UpdatedAt":"2026-03-01T00:00:00Z"}]}
            """);

        Assert.Contains("\"met\":3", Assert.Single(ReportOutput.Ask("findings", folder["in"], Ranked)), StringComparison.Ordinal);
    }

    [Fact]
    public void Violated_claims_are_findings_and_those_that_hold_or_are_expected_are_not()
    {
        string file = folder.Write("verify.json", """
            {"v":1,"properties":[
              {"v":1,"id":"one","says":"Nobody reads","stack":"app","severity":"error","verdict":"violated","witness":{"principal":"arn:aws:iam::111122223333:role/dev","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","context":{}}},
              {"v":1,"id":"two","severity":"error","verdict":"holds"},
              {"v":1,"id":"three","severity":"error","verdict":"violated","expected":"violated","ok":true},
              {"v":1,"id":"four","severity":"error","verdict":"unknown","reason":"give the key policy"}
            ],"documents":3,"findings":[]}
            """);

        Assert.Equal(
            ["""{"type":"one","title":"violated: Nobody reads","severity":"HIGH"}""",
                """{"type":"four","title":"unknown: four (give the key policy)","severity":"LOW"}"""],
            ReportOutput.Ask("findings", file, "SELECT type, title, severity FROM findings_ranked ORDER BY score DESC"));
    }

    [Theory]
    [InlineData("\"RecordState\":\"ARCHIVED\"")]
    [InlineData("\"Workflow\":{\"Status\":\"SUPPRESSED\"}")]
    [InlineData("\"Workflow\":{\"Status\":\"RESOLVED\"}")]
    [InlineData("\"Compliance\":{\"Status\":\"PASSED\"}")]
    public void What_is_closed_is_counted_and_not_ranked(string state)
    {
        string file = folder.Write("hub.json", $$"""{"Findings":[{{Asff("a", "Config", "HIGH", "arn:aws:s3:::b", state)}}]}""");

        Assert.Empty(ReportOutput.Ask("findings", file, Ranked));
        Assert.Equal(1, Assert.Single(ReportOutput.Of("findings", file, "--format", "json").Rows("totals")).GetProperty("closed").GetInt32());
    }

    [Fact]
    public void SARIF_of_other_programs_is_read_under_their_name()
    {
        string file = folder.Write("other.sarif", """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Semgrep"}},"results":[{"ruleId":"r","level":"error","message":{"text":"m"},
              "locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.cs"},"region":{"startLine":7}}}]}]}]}
            """);

        Assert.Equal("""{"source":"Semgrep","severity":"HIGH","place":"a.cs:7"}""",
            Assert.Single(ReportOutput.Ask("findings", file, "SELECT source, severity, place FROM findings_ranked")));
    }

    [Fact]
    public void An_empty_list_is_an_answer_and_something_else_is_not()
    {
        Assert.Equal(0, ReportOutput.Of("findings", folder.Write("scan.json", "[]\n"), "--out", folder["page.html"]).ExitCode);
        Assert.Equal(2, ReportOutput.Of("findings", folder.Write("other.json", "{\"a\":1}\n")).ExitCode);
    }

    [Fact]
    public void Coverage_names_the_phases_that_rules_open()
    {
        string file = folder.Write("scan.json", "[]\n");
        var covered = ReportOutput.Of("findings", file, "--format", "json").Rows("kill-chain")
            .Where(row => row.GetProperty("provablesec").GetString() != "").Select(row => row.GetProperty("phase").GetString()!);

        Assert.Equal(RuleCatalogue.All.Select(rule => rule.Controls.KillChain).OfType<string>().Distinct().Order(StringComparer.Ordinal),
            covered.Order(StringComparer.Ordinal));
    }

    private static string Asff(string id, string product, string severity, string resource, string more = "\"RecordState\":\"ACTIVE\"") =>
        $$"""{"SchemaVersion":"2018-10-08","Id":"{{id}}","ProductName":"{{product}}","GeneratorId":"g","AwsAccountId":"111122223333","Types":["TTPs/Discovery"],"Severity":{"Label":"{{severity}}"},"Title":"t","Resources":[{"Type":"Other","Id":"{{resource}}","Region":"eu-central-1"}],"UpdatedAt":"2026-03-02T00:00:00.000Z",{{more}}}""";
}
