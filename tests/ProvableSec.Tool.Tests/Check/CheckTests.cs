using System.Text.Json;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Tool.Tests.Check;

/// <summary><c>check PATH…</c> as a user meets it.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Good = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}]}""";
    private const string Bad = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Effect": "Allow", "Action": "s3:GetObjects", "Resource": "arn:aws:s3:::reports/*"}
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_finding_has_its_place_a_code_frame_and_a_remedy()
    {
        string file = folder.Write("a.json", Bad);
        ToolRun run = ToolRun.Command("check", file);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                $"{file}:4:35: error PSEC3005: Amazon S3 has no action \"GetObjects\"; did you mean \"s3:GetObject\"?",
                "  4 │     {\"Effect\": \"Allow\", \"Action\": \"s3:GetObjects\", \"Resource\": \"arn:aws:s3:::reports/*\"}",
                "    │                                   ^^^^^^^^^^^^^^^",
                "  Write the name as the Service Authorization Reference has it.",
            ],
            run.Lines);
        Assert.StartsWith("1 policy in 1 file: 1 error · ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3:GetObject ", "Amazon S3 has no action \"GetObject \"; did you mean \"s3:GetObject\"?")]
    [InlineData("s3:Get* ", "Amazon S3 has no action \"Get* \"")]
    [InlineData("s3:GetObject,s3:PutObject", "Amazon S3 has no action \"GetObject,s3:PutObject\"")]
    [InlineData("s3 :GetObject", "AWS has no service with the prefix \"s3 \"; did you mean \"s3\"?")]
    [InlineData("*:Get Object", "\"*:Get Object\" contains a space, which no action has, so it matches nothing; did you mean \"*:GetObject\"?")]
    public void An_action_with_a_character_that_no_action_has_is_a_mistake_and_not_a_dead_statement(string action, string message)
    {
        string file = folder.Write("a.json", $$"""
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"},
              {"Effect": "Allow", "Action": "{{action}}", "Resource": "*"}]}
            """);
        ToolRun run = ToolRun.Command("check", file, "--format", "json", "--type", "identity");
        Assert.Equal(1, run.ExitCode);
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        Assert.Contains(findings, finding => finding.GetProperty("pointer").GetString() == "/Statement/1/Action"
            && finding.GetProperty("message").GetString()!.StartsWith(message, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.GetProperty("rule").GetString() == "PSEC3401");
    }

    [Fact]
    public void A_policy_without_mistakes_is_a_success()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("a.json", Good));
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("1 policy in 1 file: no findings · ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_a_folder_that_hold_no_policy_are_passed_over_and_counted()
    {
        folder.Write("appsettings.json", """{"Logging": {}}""");
        folder.Write("broken.json", "{");
        folder.Write("values.yaml", "a: 1\n");
        folder.Write("p/a.json", Good);
        ToolRun run = ToolRun.Command("check", folder[""]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("1 policy in 1 file: no findings · 3 files without policies · ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("appsettings.json", """{"Logging": {}}""", "MISSING_STATEMENT")]
    [InlineData("broken.json", """{"Version": """, "JSON_SYNTAX_ERROR")]
    [InlineData("list.json", "[1]", "DATA_TYPE_MISMATCH")]
    public void A_named_file_that_is_no_policy_is_a_finding(string name, string text, string code)
    {
        ToolRun run = ToolRun.Command("check", folder.Write(name, text), "--format", "json");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(code, Findings(run).Select(finding => finding.GetProperty("accessAnalyzer").GetString()));
    }

    [Fact]
    public void What_cannot_be_read_is_told_and_the_rest_is_checked()
    {
        string yaml = folder.Write("t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n");
        ToolRun run = ToolRun.Command("check", folder["missing.json"], yaml, folder.Write("a.json", Bad), "--format", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.json does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("t.yaml:3:1: no YAML: ", run.Error, StringComparison.Ordinal);
        Assert.Single(Findings(run));
    }

    [Theory]
    [InlineData("error", 1)]
    [InlineData("never", 0)]
    public void Fail_on_decides_the_exit_code(string failOn, int code) =>
        Assert.Equal(code, ToolRun.Command("check", folder.Write("a.json", Bad), "--fail-on", failOn).ExitCode);

    [Theory]
    [InlineData("p.scp.json", "SCP_SYNTAX_ERROR_PRINCIPAL")]
    [InlineData("p.rcp.json", "RCP_SYNTAX_ERROR_NOTACTION")]
    [InlineData("p.trust.json", "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE")]
    [InlineData("p.boundary.json", "UNSUPPORTED_PRINCIPAL")]
    public void The_file_name_tells_the_type(string name, string code)
    {
        ToolRun run = ToolRun.Command("check", folder.Write(name, """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"}]}"""), "--format", "json");
        Assert.Contains(code, Findings(run).Select(finding => finding.GetProperty("accessAnalyzer").GetString()));
    }

    [Fact]
    public void A_boundary_is_not_judged_as_if_it_granted()
    {
        Assert.NotEmpty(Findings(ToolRun.Command("check", folder.Write("a.json", PolicyJson.Everything), "--format", "json")));
        Assert.Empty(Findings(ToolRun.Command("check", folder.Write("a.boundary.json", PolicyJson.Everything), "--format", "json")));
        Assert.Empty(Findings(ToolRun.Command("check", folder["a.json"], "--type", "scp", "--format", "json")));
    }

    [Fact]
    public void The_SCP_language_of_2019_is_checked_on_demand()
    {
        string file = folder.Write("a.scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::a"}]}""");
        Assert.Equal(0, ToolRun.Command("check", file).ExitCode);
        Assert.Equal(1, ToolRun.Command("check", file, "--scp-dialect", "2019").ExitCode);
    }

    [Fact]
    public void Ignored_rules_are_left_out_and_counted()
    {
        string file = folder.Write("a.json", Bad);
        foreach (string rule in (string[])["PSEC3005", "INVALID_ACTION"])
        {
            ToolRun run = ToolRun.Command("check", file, "--ignore", rule);
            Assert.Equal((0, ""), (run.ExitCode, run.Output));
            Assert.Contains("1 finding waived", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, ToolRun.Command("check", file, "--ignore", "PSEC9999").ExitCode);
    }

    [Fact]
    public void A_waiver_holds_until_its_day()
    {
        string file = folder.Write("a.json", Bad).Replace('\\', '/');
        ToolRun waived = Waived(file, "9999-12-31", "/Statement/0");
        Assert.Equal((0, ""), (waived.ExitCode, waived.Output));
        Assert.Contains("1 finding waived", waived.Error, StringComparison.Ordinal);
        ToolRun over = Waived(file, "2020-01-31", "/Statement/0");
        Assert.Equal(1, over.ExitCode);
        Assert.Contains("(waived until 2020-01-31)", over.Output, StringComparison.Ordinal);
        ToolRun other = Waived(file, "9999-12-31", "/Statement/1");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("covers no finding", other.Error, StringComparison.Ordinal);

        ToolRun Waived(string of, string until, string pointer) => ToolRun.Command("check", of, "--waivers", folder.Write("w.json",
            $$"""[{"rule": "PSEC3005", "file": "{{of}}", "pointer": "{{pointer}}", "reason": "an alias of ours", "until": "{{until}}"}]"""));
    }

    [Theory]
    [InlineData("""[{"rule": "PSEC3005", "file": "a.json", "until": "2099-01-01"}]""", "w.json:1:2: the waiver has no \"reason\"")]
    [InlineData("""[{"rule": "PSEC9999", "file": "a.json", "reason": "x", "until": "2099-01-01"}]""", "w.json:1:11: \"PSEC9999\" is not a rule of check")]
    [InlineData("""[{"rule": "PSEC3005", "file": "a.json", "reason": "x", "until": "soon"}]""", "w.json:1:65: \"soon\" is not a day")]
    [InlineData("""{"rule": "PSEC3005"}""", "w.json:1:1: expected a list of waivers")]
    [InlineData("""[{"rule": "PSEC3005", "fil": "a.json", "file": "a.json", "reason": "x", "until": "2099-01-01"}]""", "\"fil\" is not a member of a waiver")]
    public void Waivers_that_are_wrong_are_refused_at_their_place(string waivers, string message)
    {
        ToolRun run = ToolRun.Command("check", folder.Write("a.json", Bad), "--waivers", folder.Write("w.json", waivers));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_has_a_rule_and_a_place_for_each_result()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("a.json", Bad), "--format", "sarif");
        JsonElement log = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0];
        JsonElement result = Assert.Single(log.GetProperty("results").EnumerateArray());
        Assert.Equal(RuleCatalogue.OfCheck.Count, log.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength());
        Assert.Equal("PSEC3005", log.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()]
            .GetProperty("id").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        JsonElement region = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((4, 35, 50), (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(),
            region.GetProperty("endColumn").GetInt32()));
    }

    [Fact]
    public void GitHub_gets_an_annotation()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("a.json", Bad), "--format", "github");
        Assert.Matches("^::error file=.*a.json,line=4,col=35,endColumn=49,title=PSEC3005 ", run.Output);
    }

    [Fact]
    public void Security_Hub_gets_findings_with_the_attributes_that_it_requires_and_ids_that_stay()
    {
        string file = folder.Write("a.json", Bad);
        string[] args = ["check", file, "--format", "asff", "--account", "111122223333", "--region", "eu-west-1"];
        JsonElement finding = Assert.Single(JsonDocument.Parse(ToolRun.Command(args).Output).RootElement.GetProperty("Findings").EnumerateArray());
        foreach (string attribute in (string[])["AwsAccountId", "CreatedAt", "Description", "GeneratorId", "Id", "ProductArn", "Resources", "SchemaVersion",
            "Severity", "Title", "UpdatedAt"])
        {
            Assert.True(finding.TryGetProperty(attribute, out _), attribute);
        }

        Assert.Equal("2018-10-08", finding.GetProperty("SchemaVersion").GetString());
        Assert.Equal("HIGH", finding.GetProperty("Severity").GetProperty("Label").GetString());
        Assert.Equal("arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default", finding.GetProperty("ProductArn").GetString());
        // A line above moves the finding, not its id.
        folder.Write("a.json", "\n" + Bad);
        Assert.Equal(finding.GetProperty("Id").GetString(), JsonDocument.Parse(ToolRun.Command(args).Output).RootElement.GetProperty("Findings")[0]
            .GetProperty("Id").GetString());
        Assert.Equal(2, ToolRun.Command("check", file, "--format", "asff", "--region", "eu-west-1").ExitCode);
    }

    [Fact]
    public void A_batch_answers_line_by_line()
    {
        ToolRun run = ToolRun.Of(
            """
            {"id":"good","type":"identity","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}}
            {"id":"bad","policy":{"Version":"2012-10-17","Statement":[{"Effect":"allow","Action":"s3:GetObject","Resource":"*"}]}}
            {"id":"text","text":"{\"Statement\": "}
            {"id":"wrong","type":"user","policy":{}}
            {"id":"none"}
            """,
            "check", "--batch", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["good", "bad", "text", "wrong", "none"], run.Answers.Select(answer => answer.GetProperty("id").GetString()));
        Assert.All(run.Answers, answer => Assert.Equal(1, answer.GetProperty("v").GetInt32()));
        Assert.Empty(run.Answers[0].GetProperty("findings").EnumerateArray());
        JsonElement finding = Assert.Single(run.Answers[1].GetProperty("findings").EnumerateArray());
        Assert.Equal(("INVALID_EFFECT", 2, 69), (finding.GetProperty("accessAnalyzer").GetString(), finding.GetProperty("line").GetInt32(),
            finding.GetProperty("column").GetInt32()));
        Assert.Equal("JSON_SYNTAX_ERROR", run.Answers[2].GetProperty("findings")[0].GetProperty("accessAnalyzer").GetString());
        Assert.Contains("is not a type", run.Answers[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("neither", run.Answers[4].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_check_is_a_usage_error() => Assert.Equal(2, ToolRun.Command("check").ExitCode);

    [Theory]
    [InlineData("PSEC2107")]
    [InlineData("pass_role_with_star_in_resource")]
    public void Explain_prints_the_page_of_a_rule(string rule)
    {
        ToolRun run = ToolRun.Command("explain", rule);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "docs", "rules", "PSEC2107.md")), run.Output);
    }

    [Fact]
    public void Explain_does_not_know_every_rule()
    {
        ToolRun run = ToolRun.Command("explain", "PSEC2197");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("there is no rule 'PSEC2197'. Did you mean ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "\"*\"")]
    [InlineData(false, "\"*\"", "--public-resource", "arn:aws:s3:::site/*")]
    [InlineData(true, "\"*\"", "--public-resource", "arn:aws:s3:::other/*")]
    [InlineData(false, "{\"AWS\": \"111122223333\"}")]
    [InlineData(false, "{\"AWS\": \"111122223333\"}", "--trusted-account", "111122223333")]
    [InlineData(true, "{\"AWS\": \"111122223333\"}", "--trusted-account", "444455556666")]
    [InlineData(true, "{\"AWS\": \"111122223333\"}", "--trusted-organization", "o-abcdefghij")]
    public void Who_is_untrusted_and_what_is_public_can_be_said(bool isFound, string principal, params string[] options)
    {
        string file = folder.Write("bucket.json", $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {{principal}}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*"}]}""");
        ToolRun run = ToolRun.Command(["check", file, "--resource-type", "AWS::S3::Bucket", "--format", "json", .. options]);
        Assert.Equal(isFound, Findings(run).Any(finding => finding.GetProperty("rule").GetString() == "PSEC2001"));
    }

    [Fact]
    public void A_pattern_names_the_files_that_match_it()
    {
        folder.Write("a.json", Bad);
        folder.Write("x.txt", Bad);
        folder.Write("deep/er/b.json", Bad);
        Assert.StartsWith("2 policies in 2 files: 2 errors", ToolRun.Command("check", folder["**"] + "/*.json").Error, StringComparison.Ordinal);
        ToolRun none = ToolRun.Command("check", folder["*.nothing"]);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("*.nothing matches no file", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_shows_every_category_and_its_readme_what_the_run_prints()
    {
        string samples = Path.Combine(Repository.Root, "samples", "policies");
        string readme = File.ReadAllText(Path.Combine(samples, "README.md")).ReplaceLineEndings("\n");
        ToolRun run = ToolRun.Command("check", samples);
        Assert.Contains("```\n" + run.Output.Replace(samples, "samples/policies", StringComparison.Ordinal).TrimEnd() + "\n```", readme,
            StringComparison.Ordinal);
        foreach (string category in (string[])["error PSEC3", "warning PSEC3", "warning PSEC2", "info PSEC3"])
        {
            Assert.Contains(category, run.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => folder.Dispose();

    private static JsonElement[] Findings(ToolRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
}
