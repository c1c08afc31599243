using System.Text.Json;

namespace ProvableSec.Tool.Tests.Ask;

public sealed class AskTests : IDisposable
{
    private const string App = "arn:aws:iam::111122223333:role/app", Ann = "arn:aws:iam::111122223333:user/ann";

    private const string Dump = """
        {"UserDetailList":[
           {"UserName":"ann","Arn":"arn:aws:iam::111122223333:user/ann","UserPolicyList":[{"PolicyName":"p","PolicyDocument":"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22arn%3Aaws%3As3%3A%3A%3Areports%2F%2A%22%7D%7D"}]}],
         "RoleDetailList":[
           {"RoleName":"app","Arn":"arn:aws:iam::111122223333:role/app",
            "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}},
            "RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","NotAction":["iam:*","organizations:*"],"Resource":"*"},
              {"Sid":"Region","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}}]}],
         "IsTruncated":false}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_action_that_matches_nothing_is_warned_of_and_is_in_no_line()
    {
        string dump = folder.Write("d.json", """
            {"UserDetailList":[{"UserName":"ann","Arn":"arn:aws:iam::111122223333:user/ann","UserPolicyList":[{"PolicyName":"p","PolicyDocument":
              {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Action":["s3:PutObject ","s3:ListBucket"],"Resource":"*"},
                {"Effect":"Allow","Action":"sqs:DeleteQueue,sqs:PurgeQueue","Resource":"*"},
                {"Effect":"Allow","NotAction":"sns:* ","Resource":"arn:aws:sns:*:*:t"},
                {"Effect":"Deny","Action":"s3:ListBucket ","Resource":"*"}]}}]}],
             "GroupDetailList":[],"RoleDetailList":[],"Policies":[],"IsTruncated":false}
            """.ReplaceLineEndings("\n"));
        ToolRun run = ToolRun.Command("ask", "what-can", Ann, "--dump", dump);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Error.Split('\n').Count(line => line.StartsWith("warning: ", StringComparison.Ordinal)
            && line.Contains("which no action has, so it matches nothing", StringComparison.Ordinal)));
        Assert.Contains("d.json:3:33: \"s3:PutObject \" contains a space", run.Error, StringComparison.Ordinal);
        Assert.Contains("  may      s3:ListBucket\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  may      *\n  on       arn:aws:sns:*:*:t\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PutObject", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sqs:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sns:* ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_can_names_the_principals_and_their_conditions()
    {
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "arn:aws:s3:::reports/*", "--dump", folder.Write("d.json", Dump));
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith(
            """
            Who can s3:GetObject on arn:aws:s3:::reports/*

            arn:aws:iam::111122223333:role/app
              may      s3:GetObject
              on       arn:aws:s3:::reports/*
              except   when StringNotEquals aws:RequestedRegion "eu-west-1" "Region"

            arn:aws:iam::111122223333:root, arn:aws:iam::111122223333:user/ann
              may      s3:GetObject
              on       arn:aws:s3:::reports/*

            2 lines for 3 principals with 3 sets of policies; each line and that there is no more is proved
            """,
            run.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what-can", App)]
    [InlineData("what-can", Ann)]
    [InlineData("who-can", "sts:AssumeRole")]
    [InlineData("who-can", "*")]
    public void The_questions_that_prove_an_answer_hold_when_they_are_asked_again(string command, string what)
    {
        string questions = folder["q.ndjson"];
        ToolRun run = ToolRun.Command("ask", command, what, "--dump", folder.Write("d.json", Dump), "--prove", questions, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        JsonElement answer = JsonDocument.Parse(run.Output).RootElement;
        ToolRun proved = ToolRun.Command("prove", "--batch", questions);
        Assert.Equal(0, proved.ExitCode);
        Assert.All(proved.Answers, a => Assert.Equal("holds", a.GetProperty("verdict").GetString()));
        Assert.Superset(
            answer.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToHashSet(),
            proved.Answers.Select(a => a.GetProperty("id").GetString()).ToHashSet());
        Assert.Contains(proved.Answers, a => a.GetProperty("id").GetString() == "outside");
    }

    [Fact]
    public void What_can_says_which_roles_can_be_assumed()
    {
        ToolRun run = ToolRun.Command("ask", "what-can", App, "--dump", folder.Write("d.json", Dump), "--format", "ndjson");
        Assert.Equal(0, run.ExitCode);
        JsonElement assume = Assert.Single(run.Answers, a => a.GetProperty("kind").GetString() == "line"
            && a.GetProperty("actions")[0].GetString() == "sts:AssumeRole");
        Assert.Equal(App, assume.GetProperty("resources")[0].GetString());
        Assert.True(assume.GetProperty("proved").GetBoolean());
    }

    [Fact]
    public void The_scps_of_the_organization_bind()
    {
        string organization = folder.Write("o.json", """
            {"organization":{"id":"o-a","managementAccount":"999999999999","accounts":{"111122223333":"o-a/r-a/ou-a/"}},
             "serviceControlPolicies":{"r-a":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}}]}}
            """);
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--organization", organization);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\n0 lines for 3 principals", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_can_enable_a_Region_names_root_and_what_stops_the_others()
    {
        string Account(string id, string policies) => $$"""{"UserDetailList": [{"UserName": "ops", "Arn": "arn:aws:iam::{{id}}:user/ops", {{policies}}}, {"UserName": "reader", "Arn": "arn:aws:iam::{{id}}:user/reader", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"} } }]}], "GroupDetailList": [], "RoleDetailList": [], "Policies": [{"PolicyName": "b", "Arn": "arn:aws:iam::{{id}}:policy/b", "DefaultVersionId": "v1", "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"} } }]}]}""";
        const string Everything = """ "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"} } }] """;
        folder.Write("dumps/management.json", Account("999999999999", Everything));
        folder.Write("dumps/member.json", Account("111122223333", Everything));
        folder.Write("dumps/bounded.json", Account("444455556666", Everything + """, "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::444455556666:policy/b"}"""));
        folder.Write("dumps/summary.json", """{"SummaryMap": {"AccountMFAEnabled": 0}}""");
        folder.Write("scps/full.json", PolicyJson.Everything);
        folder.Write("scps/guard.json", """{"Version": "2012-10-17", "Statement": [{"Sid": "NoTrail", "Effect": "Deny", "Action": "cloudtrail:*", "Resource": "*"}, {"Sid": "NoRegions", "Effect": "Deny", "Action": ["account:EnableRegion", "account:DisableRegion"], "Resource": "*"}]}""");
        string organization = folder.Write("o.json", """
            {"organization": {"id": "o-a", "managementAccount": "999999999999", "accounts": {"111122223333": "o-a/r-a/", "444455556666": "o-a/r-a/ou-b/"}},
             "serviceControlPolicies": {"r-a": ["scps/full.json"], "111122223333": ["scps/full.json", "scps/guard.json"]}}
            """);
        ToolRun run = ToolRun.Command("ask", "who-can", "account:EnableRegion", "--dump", Path.GetDirectoryName(folder["dumps/member.json"])!, "--organization",
            organization);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("""
            Who can account:EnableRegion on *

            arn:aws:iam::444455556666:root, arn:aws:iam::999999999999:root, arn:aws:iam::999999999999:user/ops
              may      account:EnableRegion
              on       *

            arn:aws:iam::111122223333:root, arn:aws:iam::111122223333:user/ops
              stopped  by SCP scps/guard.json, statement "NoRegions"

            arn:aws:iam::444455556666:user/ops
              stopped  by permissions boundary in 
            """.ReplaceLineEndings("\n"), run.Output.Replace(Path.GetDirectoryName(organization) + "/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("warning: the root user signs in without MFA (", run.Output, StringComparison.Ordinal);
        JsonElement[] stopped =
            [.. JsonDocument.Parse(ToolRun.Command("ask", "who-can", "account:EnableRegion", "--dump", folder["dumps/member.json"], "--organization",
            organization, "--format", "json").Output)
            .RootElement.GetProperty("stopped").EnumerateArray()];
        JsonElement by = Assert.Single(Assert.Single(stopped).GetProperty("by").EnumerateArray());
        Assert.Equal(("serviceControlPolicies", "NoRegions", true), (by.GetProperty("layer").GetString()!, by.GetProperty("sid").GetString()!,
            by.GetProperty("denies").GetBoolean()));
    }

    [Fact]
    public void A_resource_is_asked_about_with_its_policy()
    {
        string Role(string name, string statements) => $$"""{"RoleName": "{{name}}", "Arn": "arn:aws:iam::111122223333:role/{{name}}", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"} }, "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {{statements}} } }]}""";
        const string Reads = """{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}""";
        folder.Write("dumps/account.json", $$"""{"UserDetailList": [], "GroupDetailList": [], "Policies": [], "RoleDetailList": [{{Role("owner", Reads)}}, {{Role("denied", Reads)}}, {{Role("granted", """{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}""")}}]}""");
        string policy = """{"Version": "2012-10-17", "Statement": [{"Sid": "Reader", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/granted"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}, {"Sid": "NotHe", "Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:role/denied"}, "Action": "s3:*", "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]}]}""";
        string answer = folder.Write("dumps/reports.json", JsonSerializer.Serialize(new { Policy = policy }));
        string dumps = Path.GetDirectoryName(answer)!;
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "arn:aws:s3:::reports/*", "--dump", dumps, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        JsonElement line = Assert.Single(JsonDocument.Parse(run.Output).RootElement.GetProperty("lines").EnumerateArray());
        Assert.Equal(
            ["arn:aws:iam::111122223333:role/granted", "arn:aws:iam::111122223333:role/owner", "arn:aws:iam::111122223333:root"],
            line.GetProperty("principals").EnumerateArray().Select(name => name.GetString()!));
        Assert.True(line.GetProperty("proved").GetBoolean());

        // Elsewhere it says nothing, and lines about all leave the bucket to its policy.
        ToolRun all = ToolRun.Command("ask", "what-can", "arn:aws:iam::111122223333:role/denied", "--dump", dumps);
        Assert.Equal(0, all.ExitCode);
        Assert.Contains("  may      s3:GetObject\n  on       *\n  except   * on arn:aws:s3:::reports \"DecidedByItsPolicy\"\n  except   * on arn:aws:s3:::reports/* \"DecidedByItsPolicy\"\n", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  on       arn:aws:s3:::reports", all.Output, StringComparison.Ordinal);

        // Whoever else it lets in is not in the dump.
        folder.Write("dumps/reports.json",
            JsonSerializer.Serialize(new { Policy = policy.Replace("111122223333:role/granted", "444455556666:root", StringComparison.Ordinal) }));
        ToolRun outside = ToolRun.Command("ask", "who-can", "s3:GetObject", "arn:aws:s3:::reports/a.csv", "--dump", dumps);
        Assert.Equal(3, outside.ExitCode);
        Assert.Contains("arn:aws:iam::444455556666:root\n  unknown  the policy of arn:aws:s3:::reports/a.csv trusts it, and its policies are not in the dump\n", outside.Output, StringComparison.Ordinal);
        folder.Write("dumps/any.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"} }""");
        Assert.Contains("any.json: the policy does not say which one resource it belongs to, so it is not taken into account", ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", dumps).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::a/*"}, {"Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::a/*"}, {"Effect": "Allow", "Action": "*", "Resource": "*"}]""", "by SCP scp.json, several statements together")]
    [InlineData("""[{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]""", "by the SCPs of level 1, none of which allows it (scp.json)")]
    [InlineData("""[{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]""", "by SCP scp.json, statement 2")]
    public void What_stops_is_said_as_exactly_as_it_is(string statements, string expected)
    {
        string scp = folder.Write("scp.json", $$"""{"Version": "2012-10-17", "Statement": {{statements}}}""");
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--scp", scp);
        Assert.Contains("\n  stopped  " + expected + "\n", run.Output.Replace(Path.GetDirectoryName(scp) + "/", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_answers_for_the_root_user()
    {
        ToolRun run = ToolRun.Command("ask", "what-can", "arn:aws:iam::111122223333:root", "--dump", folder.Write("d.json", Dump), "--scp",
            folder.Write("scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Sid": "NoRoot", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}}]}"""));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  may      *\n  on       *\n  except   s3:* on * when ArnLike aws:PrincipalArn \"arn:aws:iam::*:root\" \"NoRoot\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_of_scps_are_given_as_to_prove()
    {
        string none = folder.Write("scp.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}""");
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--scp", none);
        Assert.Contains("\n0 lines for 3 principals", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_managed_policy_makes_its_principal_undecided_and_is_exit_3()
    {
        string dump =
            folder.Write("d.json",
            Dump.Replace("\"UserPolicyList\"", "\"AttachedManagedPolicies\":[{\"PolicyArn\":\"arn:aws:iam::aws:policy/X\"}],\"UserPolicyList\"",
            StringComparison.Ordinal));
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", dump);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("arn:aws:iam::111122223333:user/ann\n  unknown  ", run.Output, StringComparison.Ordinal);
        Assert.Contains("d.json:2:", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", dump, "--undecided", "pass").ExitCode);
    }

    [Fact]
    public void A_dump_that_cannot_be_read_is_exit_2_and_the_others_are_still_asked()
    {
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--dump", folder["missing.json"], "--dump",
            folder.Write("broken.json", "{\"UserDetailList\":["));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("user/ann", run.Output, StringComparison.Ordinal);
        Assert.Contains("users or roles may be missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("missing.json does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("broken.json:1:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_organization_is_exit_2_without_an_answer()
    {
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--organization",
            folder.Write("o.json", """{"serviceControlPolices":[]}"""));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("o.json:1:2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"serviceControlPolicies\"?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_principal_that_the_dump_does_not_have_is_exit_2()
    {
        ToolRun run = ToolRun.Command("ask", "what-can", "arn:aws:iam::111122223333:user/anm", "--dump", folder.Write("d.json", Dump));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains($"did you mean {Ann}?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask who-can s3:GetObject")]
    [InlineData("ask who-can nonsense --dump d.json")]
    [InlineData("ask what-can --dump d.json")]
    [InlineData("ask what-can a --dump d.json --format xml")]
    [InlineData("ask who-can * * --dump d.json --budget 0")]
    public void Bad_usage_is_exit_2(string commandLine)
    {
        ToolRun run = ToolRun.Command(commandLine.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
    }

    [Fact]
    public void Help_shows_examples() =>
        Assert.Contains("provablesec ask who-can s3:GetObject", ToolRun.Command("ask", "who-can", "--help").Output, StringComparison.Ordinal);
}
