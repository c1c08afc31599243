using System.Text.Json;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>New access that control policies, boundaries and RCPs of the configuration still block.</summary>
public sealed class BlockedAccessTests : IDisposable
{
    private const string Read = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
    private const string ReadAndStop = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","ec2:StopInstances"],"Resource":"*"}]}""";
    private const string ReadAndCompute = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","ec2:StopInstances","ec2:StartInstances"],"Resource":"*"}]}""";
    private const string NoStops = """{"Version":"2012-10-17","Statement":[{"Sid":"Full","Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ec2:Stop*","Resource":"*"}]}""";
    private const string Nothing = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sqs:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private const string Organization = """
        {"organization": {"id": "o-exampleorg", "accounts": {"111122223333": "o-exampleorg/r-ex00/ou-ex00-workload/", "222233334444": "o-exampleorg/r-ex00/"}},
         "serviceControlPolicies": {"r-ex00": ["scps/queues.scp.json"], "ou-ex00-workload": ["scps/stops.scp.json"]}}
        """;

    private readonly TestRepository repository = new();

    public BlockedAccessTests()
    {
        repository.Write("organization.json", Organization);
        repository.Write("scps/stops.scp.json", NoStops);
        repository.Write("scps/queues.scp.json", Nothing);
        repository.Write("app.json", Read);
        Configure(""" "app": {"account": "111122223333", "identityPolicies": ["app.json"]} """);
    }

    public void Dispose() => repository.Dispose();

    [Fact]
    public void What_an_SCP_still_blocks_is_said_and_does_not_fail()
    {
        Commit();
        repository.Write("app.json", ReadAndStop);
        ToolRun run = Diff();
        Assert.Equal("", string.Concat(run.Error.Split('\n').Where(line => line.StartsWith("provablesec", StringComparison.Ordinal))));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("    blocked  new in the policy, but still blocked by the SCP stops\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("No new access: 1 line is new in policies, but still blocked.", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 lines of access added, 1 new but blocked", run.Error, StringComparison.Ordinal);
        ToolRun counted = Diff("--count-blocked");
        Assert.Equal(1, counted.ExitCode);
        Assert.Contains("still blocked by the SCP stops; it counts all the same", counted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_blocked_in_part_counts_and_shows_what_remains()
    {
        Commit();
        repository.Write("app.json", ReadAndCompute);
        ToolRun run = Diff();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("    blocked  in part still blocked by the SCP stops\n    remains  may ec2:StartInstances on *\n", run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_blocks_says_nothing_of_blocking()
    {
        Commit();
        repository.Write("app.json", ReadAndStop.Replace("StopInstances", "StartInstances", StringComparison.Ordinal));
        ToolRun run = Diff();
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("blocked", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_of_several_stacks_is_blocked_where_it_is_in_all()
    {
        Configure(""" "app": {"account": "111122223333", "identityPolicies": ["app.json"]}, "other": {"account": "222233334444", "identityPolicies": ["app.json"]} """);
        Commit();
        repository.Write("app.json", ReadAndStop);
        ToolRun run = Diff();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("in part still blocked by the SCP stops, but not for other", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scps/stops.scp.json")]
    [InlineData("organization.json")]
    [InlineData("provablesec.json")]
    public void What_blocks_must_not_come_with_the_change_itself(string file)
    {
        Commit();
        repository.Write("app.json", ReadAndStop);
        repository.Write(file, File.ReadAllText(repository[file]) + "\n");
        ToolRun run = Diff();
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("still blocked by the SCP stops; it counts as new access, because the change touches what blocks it", Flat(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_is_that_of_the_new_side()
    {
        Commit();
        repository.Git("checkout", "-q", "-b", "change");
        repository.Write("app.json", ReadAndStop);
        Commit();
        File.Delete(repository["provablesec.json"]);
        Assert.Equal(0, Diff("main..change").ExitCode);
        // On disk nothing says any more what blocks.
        Assert.Equal(1, Diff("main").ExitCode);
    }

    [Fact]
    public void A_boundary_of_a_template_and_an_account_block_the_roles_of_it()
    {
        Configure(""" "roles": {"each": "role", "files": "t/*.json", "account": "111122223333"} """);
        repository.Write("t/app.json", Template("sqs:SendMessage", "s3:GetObject"));
        Commit();
        repository.Write("t/app.json", Template("sqs:SendMessage", "ec2:StopInstances"));
        ToolRun run = Diff("--format", "json");
        Assert.Equal(0, run.ExitCode);
        JsonElement line = JsonDocument.Parse(run.Output).RootElement.GetProperty("changes")[0].GetProperty("added")[0];
        Assert.Equal("the SCP stops", line.GetProperty("blocked").GetProperty("by")[0].GetString());
        Assert.True(line.GetProperty("blocked").GetProperty("whole").GetBoolean());

        static string Template(string first, string second) => $$"""
            {"Resources": {
              "Other": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}, "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{first}}", "Resource": "*"} ]} }]} },
              "App": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}, "Policies": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{second}}", "Resource": "*"} ]} }]} } } }
            """;
    }

    [Fact]
    public void A_boundary_that_does_not_allow_blocks()
    {
        repository.Write("limits.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","sqs:*"],"Resource":"*"}]}""");
        Configure(""" "app": {"identityPolicies": ["app.json"], "permissionsBoundary": "limits.json"} """);
        Commit();
        repository.Write("app.json", ReadAndStop);
        ToolRun run = Diff();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("still blocked by the permissions boundary limits", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_principal_of_a_dump_is_under_the_SCPs_of_its_account()
    {
        Configure(""" "roles": {"each": "role", "files": "dump.json"} """);
        repository.Write("dump.json", Dump("s3:GetObject"));
        Commit();
        repository.Write("dump.json", Dump("ec2:StopInstances"));
        ToolRun run = Diff();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("still blocked by the SCP stops", run.Output, StringComparison.Ordinal);

        static string Dump(string action) => $$"""
            {"RoleDetailList": [{"RoleName": "app", "Path": "/", "RoleId": "AROA0", "Arn": "arn:aws:iam::111122223333:role/app", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}, "AttachedManagedPolicies": [],
              "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "{{action}}", "Resource": "*"} ]} }]}], "UserDetailList": [], "GroupDetailList": [], "Policies": []}
            """;
    }

    [Fact]
    public void An_RCP_blocks_a_bucket_policy_that_opens()
    {
        repository.Write("rcps/perimeter.rcp.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalAccount":["111122223333","222233334444"]}}}]}""");
        repository.Write("organization.json", Organization.Replace("\"serviceControlPolicies\"", "\"resourceControlPolicies\": {\"r-ex00\": [\"rcps/perimeter.rcp.json\"]}, \"serviceControlPolicies\"", StringComparison.Ordinal));
        Configure(""" "buckets": {"each": "resource", "files": "bucket.json", "account": "111122223333"} """);
        repository.Write("bucket.json", Bucket("arn:aws:iam::111122223333:root"));
        Commit();
        repository.Write("bucket.json", Bucket("arn:aws:iam::999988887777:role/app"));
        ToolRun run = Diff();
        Assert.Contains("new in the policy, but still blocked by the RCP perimeter", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        repository.Write("bucket.json", Bucket("*"));
        ToolRun part = Diff();
        Assert.Equal(1, part.ExitCode);
        Assert.Contains("in part still blocked by the RCP perimeter", part.Output, StringComparison.Ordinal);
        Assert.Contains("    remains  such as arn:aws:iam::", part.Output, StringComparison.Ordinal);

        static string Bucket(string principal) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}]}""";
    }

    [Fact]
    public void A_configuration_with_errors_is_told_and_a_named_one_that_is_not_there_is_exit_2()
    {
        Configure(""" "app": {"account": "111122223333", "identityPolicies": ["app.json"]}, "broken": {"identityPolices": []} """);
        Commit();
        repository.Write("app.json", ReadAndStop);
        ToolRun run = Diff();
        Assert.Contains("provablesec.json has errors, so that not all is known that binds the policies", run.Error, StringComparison.Ordinal);
        Assert.Contains("still blocked by the SCP stops", run.Output, StringComparison.Ordinal);
        ToolRun none = Diff("--configuration", repository["none.json"]);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("none.json does not exist", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_what_blocks()
    {
        Commit();
        repository.Write("app.json", ReadAndStop);
        const string Words = "new in the policy, but still blocked by the SCP stops";
        Assert.Contains($"- **blocked**: `may ec2:StopInstances on *`\n  - `{Words}`\n", Diff("--format", "markdown").Output, StringComparison.Ordinal);
        Assert.StartsWith("### ✓ No new access: 1 line is new in policies, but still blocked\n", Diff("--format", "markdown").Output, StringComparison.Ordinal);
        Assert.Contains($"<dt>blocked</dt><dd>{Words}</dd>", Diff("--format", "html").Output, StringComparison.Ordinal);
        Assert.StartsWith("::notice file=app.json,line=1,col=1,title=New but blocked%3A app.json::may ec2:StopInstances on *: " + Words, Diff("--format", "github").Output, StringComparison.Ordinal);
        JsonElement result = JsonDocument.Parse(Diff("--format", "sarif").Output).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(("blocked-access", "note"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
    }

    private static string Flat(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ");

    private void Configure(string stacks) => repository.Write("provablesec.json", $$"""{"version": 1, "organization": "organization.json", "stacks": { {{stacks}} }, "properties": []}""");

    private void Commit()
    {
        repository.Git("symbolic-ref", "HEAD", repository.Git("for-each-ref", "refs/heads").Length == 0 ? "refs/heads/main"
            : repository.Git("symbolic-ref", "HEAD").Trim());
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "change");
    }

    private ToolRun Diff(params string[] arguments) => ToolRun.Command(["diff", .. arguments, "--repository", repository[""]]);
}
