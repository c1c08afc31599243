using System.Text.Json;

namespace ProvableSec.Tool.Tests.Check;

/// <summary>Checks of a project's own, from its <c>provablesec.json</c>.</summary>
public sealed class OwnCheckTests : IDisposable
{
    private const string NoPassRole = """{"id": "ACME001", "title": "Only the deployment passes roles", "severity": "warning", "deny": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}, "remedy": "Move it to the deployment."}""";
    private const string Payroll = """{"id": "ACME-2", "title": "Payroll", "deny": "properties/payroll.json"}""";
    private const string PayrollPolicy = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::payroll/*"}}""";

    private const string Role = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {"Sid": "Run", "Effect": "Allow", "Action": ["ecs:RunTask", "iam:PassRole"], "Resource": "*"},
            {"Sid": "Other", "Effect": "Allow", "Action": "iam:Pass*", "Resource": "arn:aws:iam::111122223333:role/t"},
            {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    public OwnCheckTests() => Directory.CreateDirectory(folder[".git"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_statement_that_allows_what_is_forbidden_has_a_finding_with_its_place_and_a_request()
    {
        Configure(NoPassRole);
        ToolRun run = Check(Role);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("role.json:4:65: warning ACME001: Only the deployment passes roles: iam:PassRole on \"arn:aws:iam::", run.Output, StringComparison.Ordinal);
        Assert.Contains("role.json:5:51: warning ACME001: Only the deployment passes roles: iam:PassRole on \"arn:aws:iam::111122223333:role/t\" is allowed", run.Output, StringComparison.Ordinal);
        Assert.Contains("    action      iam:PassRole\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  Move it to the deployment.\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("role.json:6:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_shows_one_and_what_is_found()
    {
        string[] blocks = File.ReadAllText(Path.Combine(Repository.Root, "docs", "testing.md")).ReplaceLineEndings("\n").Split("## Custom checks")[1]
            .Split("```");
        folder.Write("provablesec.json", blocks[1]["json\n".Length..]);
        string found = Check(Role.Replace("\"*\"", "\"arn:aws:iam::111122223333:role/task\"", StringComparison.Ordinal), "--ignore", "PSEC3402").Output;
        Assert.StartsWith(blocks[3]["text\n".Length..], found[found.IndexOf("role.json", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_Deny_takes_away_is_no_finding()
    {
        Configure(NoPassRole);
        ToolRun run = Check("""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:Get*", "Resource": "*"}, {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:Pass*", "Resource": "*"}]}""");
        Assert.DoesNotContain("ACME001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_forbidden_may_be_a_file_which_is_no_finding_itself()
    {
        folder.Write("properties/payroll.json", PayrollPolicy);
        Configure(Payroll);
        folder.Write("role.json", Role.Replace("reports", "pay*", StringComparison.Ordinal));
        ToolRun run = ToolRun.Command("check", folder[""]);
        Assert.Contains("role.json:6:50: error ACME-2: Payroll: s3:GetObject on \"arn:aws:s3:::payroll/", run.Output, StringComparison.Ordinal);
        Assert.Contains("Take it out of the policy, or deny it; ACME-2 is a check of ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("payroll.json:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_has_the_rule_and_the_request()
    {
        Configure(NoPassRole);
        JsonElement run = JsonDocument.Parse(Check(Role, "--format", "sarif").OutputBytes).RootElement.GetProperty("runs")[0];
        JsonElement rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Single(rule => rule.GetProperty("id").GetString() == "ACME001");
        Assert.Equal("Only the deployment passes roles", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.Equal("A check of the project's own says that no policy may allow it. Move it to the deployment.",
            rule.GetProperty("help").GetProperty("text").GetString());
        Assert.Equal(["security"], rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        JsonElement result = run.GetProperty("results").EnumerateArray().First(result => result.GetProperty("ruleId").GetString() == "ACME001");
        Assert.Equal("warning", result.GetProperty("level").GetString());
        Assert.Equal("iam:PassRole", result.GetProperty("properties").GetProperty("witness").GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("json", "\"rule\": \"ACME001\"")]
    [InlineData("github", "title=ACME001 Only the deployment passes roles")]
    [InlineData("asff", "provablesec/ACME001")]
    public void Every_format_has_it(string format, string expected)
    {
        Configure(NoPassRole);
        string[] options = format == "asff" ? ["--format", format, "--account", "111122223333", "--region", "eu-west-1"] : ["--format", format];
        Assert.Contains(expected, Check(Role, options).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_takes_it_by_its_id_and_statement()
    {
        Configure(NoPassRole);
        string waivers = folder.Write("waivers.json", """[{"rule": "ACME001", "file": "role.json", "statement": "Run", "reason": "until the move", "until": "2099-01-01"}]""");
        ToolRun run = Check(Role, "--waivers", waivers);
        Assert.DoesNotContain("role.json:4:65", run.Output, StringComparison.Ordinal);
        Assert.Contains("role.json:5:51", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 finding waived", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_of_a_check_that_nobody_has_is_refused()
    {
        Configure(NoPassRole);
        string waivers = folder.Write("waivers.json", """[{"rule": "ACME009", "file": "role.json", "reason": "r", "until": "2099-01-01"}]""");
        ToolRun run = Check(Role, "--waivers", waivers);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("waivers.json:1:11: \"ACME009\" is not a rule of check", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_in_YAML_waives_it()
    {
        Configure(NoPassRole);
        string template = folder.Write("t.yaml", """
            Resources:
              R:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Action: iam:PassRole # provablesec: ACME001 until 2099-01-01 because it is the deployment
                        Resource: arn:aws:iam::111122223333:role/t
            """);
        ToolRun run = ToolRun.Command("check", template);
        Assert.DoesNotContain("ACME001", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Ignore_takes_its_id_and_no_other()
    {
        Configure(NoPassRole);
        Assert.DoesNotContain("ACME001", Check(Role, "--ignore", "ACME001").Output, StringComparison.Ordinal);
        ToolRun run = Check(Role, "--ignore", "ACME009");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--ignore ACME009: check has no such rule, nor has provablesec.json such a check", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_knows_it()
    {
        Configure(NoPassRole);
        string baseline = folder["baseline.json"];
        Check(Role, "--write-baseline", baseline);
        ToolRun run = Check(Role, "--baseline", baseline);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public void It_is_about_the_files_and_types_that_it_names()
    {
        Configure(NoPassRole.Replace("\"severity\"", "\"files\": [\"roles/**/*.json\"], \"severity\"", StringComparison.Ordinal));
        folder.Write("roles/a/b.json", Role);
        Assert.DoesNotContain("ACME001", Check(Role).Output, StringComparison.Ordinal);
        Assert.Contains("provablesec: the check ACME001 is about none of these policies.", Check(Role).Error, StringComparison.Ordinal);
        Assert.Contains("b.json:4:65: warning ACME001", ToolRun.Command("check", folder["roles"]).Output, StringComparison.Ordinal);

        Configure(NoPassRole.Replace("\"severity\"", "\"types\": [\"scp\"], \"severity\"", StringComparison.Ordinal));
        Assert.DoesNotContain("ACME001", Check(Role).Output, StringComparison.Ordinal);
        ToolRun run = ToolRun.Command("check", folder.Write("regions.scp.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "account:EnableRegion", "Resource": "*"}}"""));
        Assert.Contains("regions.scp.json:1:27: warning ACME001: Only the deployment passes roles: iam:PassRole on ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_a_template_that_a_check_of_every_resource_does_not_look_at_hide_nothing()
    {
        Configure(NoPassRole);
        ToolRun run = Check(Template("""{"Effect": "Allow", "Action": "iam:PassRole", "Resource": {"Fn::ImportValue": "Task"}}"""));
        Assert.Contains("warning ACME001", run.Output, StringComparison.Ordinal);
        Assert.Contains("(known only at deployment) is allowed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_one_resource_is_not_decided_by_a_value_that_nobody_knows()
    {
        folder.Write("properties/payroll.json", PayrollPolicy);
        Configure(Payroll);
        ToolRun run = Check(Template("""{"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::ImportValue": "Task"}}"""));
        Assert.DoesNotContain("ACME-2", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 value known only at deployment, not checked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Deny_that_depends_on_such_a_value_leaves_it_unknown()
    {
        Configure(NoPassRole);
        ToolRun run = Check(Template("""{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/t"}, {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringNotEquals": {"iam:PassedToService": {"Fn::ImportValue": "Service"}}}}"""));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("unknown ACME001: Only the deployment passes roles: whether the policy allows it is not known: a Deny depends on what is known only at deployment", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 unknown", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_that_is_too_dear_is_unknown_and_says_why()
    {
        Configure("""{"id": "ACME003", "title": "Lists", "deny": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}}}""");
        string under = string.Join(',', Enumerable.Range(0, 6_000)), over = string.Join(',', Enumerable.Range(6_000, 6_000));
        string policy = $$"""{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b", "Condition": {"NumericLessThan": {"s3:max-keys": [{{under}}]}, "NumericGreaterThan": {"s3:max-keys": [{{over}}]} } } }""";
        // That the policy is too long for AWS is found, too.
        ToolRun run = Check(policy, "--ignore", "PSEC3407", "--ignore", "PSEC3214");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("unknown ACME003: Lists: whether the policy allows it is not known: a proof takes more steps than check gives it; provablesec prove not-granted takes its time\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, Check(policy, "--fail-on", "never").ExitCode);
        JsonElement result = JsonDocument.Parse(Check(policy, "--format", "sarif").OutputBytes).RootElement.GetProperty("runs")[0].GetProperty("results")
            .EnumerateArray().Single(result => result.GetProperty("ruleId").GetString() == "ACME003");
        Assert.Equal(("review", "none"), (result.GetProperty("kind").GetString(), result.GetProperty("level").GetString()));
    }

    [Fact]
    public void Batch_and_standard_input_are_checked_as_files_beside_them_are()
    {
        Configure(NoPassRole);
        string batch = folder.Write("batch.ndjson", $$"""{"id": "a", "policy": {{Role.ReplaceLineEndings(" ")}}}""");
        Assert.Contains("\"rule\":\"ACME001\"", ToolRun.Command("check", "--batch", batch).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": "PSEC9001", "title": "t", "deny": "p.json"}""", "1:34: \"PSEC9001\" is an id of provablesec; those that begin with PSEC are its own, so choose another")]
    [InlineData("""{"id": "psec-1", "title": "t", "deny": "p.json"}""", "1:34: \"psec-1\" is an id of provablesec")]
    [InlineData("""{"id": "PASS_ROLE_WITH_STAR_IN_RESOURCE", "title": "t", "deny": "p.json"}""",
        "1:34: \"PASS_ROLE_WITH_STAR_IN_RESOURCE\" reads like a code of IAM Access Analyzer")]
    [InlineData("""{"id": "a b", "title": "t", "deny": "p.json"}""", "1:34: \"a b\" is not an id")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json"}, {"id": "A1", "title": "u", "deny": "p.json"}""", "\"A1\" is the id of another check, too")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "severity": "bad"}""", "severity must be one of error, warning, info, not \"bad\"")]
    [InlineData("""{"id": "A1", "title": " ", "deny": "p.json"}""", "title is empty")]
    [InlineData("""{"id": "A1", "deny": "p.json"}""", "1:27: this check has no title")]
    [InlineData("""{"id": "A1", "title": "t"}""", "1:27: this check has no deny")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "denny": 1}""", "\"denny\" is not a member of a check; did you mean \"deny\"?")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "none.json"}""", "none.json does not exist")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "broken.json"}""", "broken.json:2:3: ")]
    [InlineData("""{"id": "A1", "title": "t", "deny": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:PutObjects", "Resource": "*"}}}""", "s3:PutObjects")]
    [InlineData("""{"id": "A1", "title": "t", "deny": {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}}""", "deny forbids nothing: it is a policy whose Allow statements say what must not be allowed")]
    [InlineData("""{"id": "A1", "title": "t", "deny": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*"}]}}""", "deny forbids nothing: ")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "types": ["identiy"]}""", "\"identiy\" is not a policy type")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "types": []}""", "types must be an array with at least one type")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "files": "none/*.json"}""", "no file matches none/*.json")]
    [InlineData("""{"id": "A1", "title": "t", "deny": "p.json", "files": []}""", "files must be a path or pattern")]
    [InlineData("""7""", "1:27: a check must be an object with id, title and deny")]
    public void A_mistake_is_exit_2_with_its_place_and_the_policy_is_checked(string check, string message)
    {
        folder.Write("p.json", PayrollPolicy);
        folder.Write("broken.json", "{\n  Statement");
        Configure(check);
        ToolRun run = Check(PolicyJson.Everything);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"(provablesec|broken)\.json:\d+:\d+: ", run.Error);
        Assert.Contains("PSEC2002", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_hundred_are_refused()
    {
        folder.Write("p.json", PayrollPolicy);
        Configure(string.Join(", ", Enumerable.Range(0, 101).Select(i => $$"""{"id": "A{{i}}", "title": "t", "deny": "p.json"}""")));
        ToolRun run = Check(Role);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there are 101 checks; the limit is 100", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_says_what_is_wrong_with_them_and_that_check_looks_for_them()
    {
        Configure(NoPassRole.Replace("ACME001", "PSEC1", StringComparison.Ordinal));
        Assert.Contains("\"PSEC1\" is an id of provablesec", ToolRun.Command("verify", folder["provablesec.json"]).Error, StringComparison.Ordinal);
        Configure(NoPassRole);
        ToolRun run = ToolRun.Command("verify", folder["provablesec.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("its checks are what provablesec check looks for", run.Error, StringComparison.Ordinal);
        folder.Write("provablesec.json", $$$"""{"version": 1, "checks": [{{{NoPassRole}}}], "properties": [{"id": "ACME001", "question": "no-dead-statement", "policy": "role.json"}]}""");
        folder.Write("role.json", Role);
        Assert.Contains("there is a property \"ACME001\", too", ToolRun.Command("verify", folder["provablesec.json"]).Error, StringComparison.Ordinal);
    }

    private static string Template(string statements) =>
        $$"""{"Resources": {"R": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [{{statements}}]} } } } }""";

    private void Configure(string checks) => folder.Write("provablesec.json", $$$"""{"version": 1, "checks": [{{{checks}}}]}""");

    private ToolRun Check(string policy, params string[] options) => ToolRun.Command(["check", folder.Write("role.json", policy), .. options]);
}
