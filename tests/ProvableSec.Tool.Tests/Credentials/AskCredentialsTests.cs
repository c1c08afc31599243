using System.Text.Json;

namespace ProvableSec.Tool.Tests.Credentials;

/// <summary><c>ask credentials</c>: who has keys and passwords, what they provably reach, and what is wrong with them.</summary>
public sealed class AskCredentialsTests : IDisposable
{
    private const string Day = "2026-11-28";

    private const string Header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,"
        + "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
        + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n";

    private const string Root = "<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,true,2026-11-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Who_reaches_most_comes_first_then_whose_key_is_older()
    {
        string dump = Dump(
            User("reader", Allow("s3:GetObject", "arn:aws:s3:::reports/*")), User("writer", Allow("s3:PutObject", "arn:aws:s3:::reports/*")),
            User("young", Allow("sqs:SendMessage", "*")), User("climber", Allow("iam:PutUserPolicy", "*")), User("broken", """{"Effect": "Allow"}"""),
            User("sharer", Allow("s3:PutBucketPolicy", "*")), User("nobody"), User("asleep", Allow("*", "*")), User("chief", Allow("*", "*")));
        string report = folder.Write("report.csv", Header + Root + Line("reader", "2025-01-01") + Line("writer", "2026-01-01") + Line("young", "2026-11-01")
            + Line("climber", "2026-10-01")
            + Line("broken", "2026-10-01") + Line("sharer", "2026-10-01") + Line("nobody", "2020-10-01") + Line("asleep", null) + Line("chief", "2026-11-02"));
        using JsonDocument json = Json(out ToolRun run, "--dump", dump, "--credential-report", report);
        Assert.Equal(
            ["root administrator", "climber administrator", "chief administrator", "broken none", "sharer permissions", "writer write", "young write",
                "reader read", "nobody none"],
            json.RootElement.GetProperty("credentials").EnumerateArray()
                .Select(entry => $"{NameOf(entry)} {entry.GetProperty("reach").GetProperty("level").GetString()}"));
        Assert.Equal(1, json.RootElement.GetProperty("withoutCredentials").GetInt32());
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("account.json:1:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_shows_each_service_that_is_reached_and_as_whom()
    {
        string role = """{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/ci"}, "Action": "sts:AssumeRole"}}, "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["dynamodb:DeleteItem", "s3:GetObject"], "Resource": "*"}}}]}""";
        string dump =
            folder.Write("account.json",
            $$"""{"UserDetailList": [{{User("ci", Allow("s3:GetObject", "*"), """{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::private/*"}""")}}], "RoleDetailList": [{{role}}], "GroupDetailList": [], "Policies": []}""");
        using JsonDocument json = Json(out ToolRun run, "--dump", dump, "--credential-report", folder.Write("report.csv", Header + Line("ci", "2026-11-01")));
        JsonElement[] services = [.. json.RootElement.GetProperty("credentials")[0].GetProperty("reach").GetProperty("services").EnumerateArray()];
        Assert.Equal(
            ["write dynamodb arn:aws:iam::111122223333:role/app dynamodb:DeleteItem", "read s3 arn:aws:iam::111122223333:user/ci s3:GetObject"],
            services.Select(service =>
                $"{service.GetProperty("level").GetString()} {service.GetProperty("service").GetString()} {service.GetProperty("as").GetString()} {service.GetProperty("witness").GetProperty("action").GetString()}"));
        Assert.DoesNotContain("private/", services[1].GetProperty("witness").GetProperty("resource").GetString(), StringComparison.Ordinal);
        Assert.True(json.RootElement.GetProperty("credentials")[0].GetProperty("reach").GetProperty("allServicesAsked").GetBoolean());
        // What remains is an info: the key of a program.
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_control_policy_keeps_from_reach()
    {
        string dump = Dump(User("writer", Allow("s3:*", "*")));
        string scp = folder.Write("scp.json", """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "NotAction": "s3:Get*", "Resource": "*"}]}""");
        using JsonDocument json = Json(out _, "--dump", dump, "--scp", scp);
        Assert.Equal("read", json.RootElement.GetProperty("credentials")[0].GetProperty("reach").GetProperty("level").GetString());
    }

    [Fact]
    public void A_step_whose_end_is_not_known_is_said()
    {
        ToolRun run = Text("--dump", Dump(User("dev", Allow("lambda:UpdateFunctionCode", "*"))));
        Assert.Contains("1. arn:aws:iam::111122223333:user/dev: writes, perhaps more\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("   perhaps   lambda:UpdateFunctionCode: the dump does not tell whose role or policy that is\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("   unknown   which credentials the user has: there is no credential report\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("note: no credential report was given", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_and_findings_stand_with_the_user()
    {
        string report = folder.Write("report.csv", Header
            + "ann,arn:aws:iam::111122223333:user/ann,2020-01-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,false,true,2026-03-01T00:00:00+00:00,2026-11-18T00:00:00+00:00,eu-west-1,s3,true,2026-11-27T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A\n");
        ToolRun run = Text("--dump", Dump(User("ann", Allow("iam:CreateAccessKey", "*")), User("top", Allow("*", "*"))), "--credential-report", report);
        Assert.Contains("""
            1. arn:aws:iam::111122223333:user/ann: becomes an administrator in 1 step
               path      iam:CreateAccessKey → arn:aws:iam::111122223333:user/top
               key 1     272 days old, last used 10 days ago for s3
               key 2     1 day old, never used
               password  without MFA, last used 8 days ago
               error     PSEC2003: the user can become an administrator

            """.ReplaceLineEndings("\n"), run.Output, StringComparison.Ordinal);
        foreach (string rule in (string[])["PSEC2203: \"ann\" signs in without MFA", "PSEC2204: \"ann\" has an access key that is 272 days old",
            "PSEC2206: \"ann\" has two active access keys", "PSEC2208: the user has a policy that no group gives it", "PSEC2009: "])
        {
            Assert.Contains(rule, run.Output, StringComparison.Ordinal);
        }

        // The report has a line for every user, so that another in the dump has come since.
        Assert.Contains("1 user without credentials", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(0, Text("--dump", folder["account.json"], "--credential-report", report, "--fail-on", "never").ExitCode);
    }

    [Fact]
    public void A_role_for_guests_is_listed_and_one_for_users_is_not()
    {
        string Role(string name, string amr) => $$"""{"RoleName": "{{name}}", "Arn": "arn:aws:iam::111122223333:role/{{name}}", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "cognito-identity.amazonaws.com"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:0f0e0d0c-0b0a-0908-0706-050403020100"}, "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "{{amr}}"} } }]}, "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "*"} } }]}""";
        string dump = folder.Write("account.json", $$"""{"UserDetailList": [], "RoleDetailList": [{{Role("guest", "unauthenticated")}}, {{Role("member", "authenticated")}}], "GroupDetailList": [], "Policies": []}""");
        using JsonDocument json = Json(out ToolRun run, "--dump", dump);
        JsonElement entry = Assert.Single(json.RootElement.GetProperty("credentials").EnumerateArray());
        Assert.Equal(("guest", "public-role", "write"), (NameOf(entry), entry.GetProperty("holder").GetString()!,
            entry.GetProperty("reach").GetProperty("level").GetString()!));
        Assert.Equal("PSEC2001", Assert.Single(entry.GetProperty("findings").EnumerateArray()).GetProperty("rule").GetString());
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void A_folder_holds_dump_report_and_summary()
    {
        folder.Write("dumps/a/account.json", File.ReadAllText(Dump(User("ann", Allow("s3:GetObject", "*")))));
        folder.Write("dumps/report.csv", Header + Root + Line("ann", "2026-11-01"));
        folder.Write("dumps/summary.json", """{"SummaryMap": {"AccountMFAEnabled": 1, "GlobalEndpointTokenVersion": 1}}""");
        folder.Write("dumps/other.json", """{"a": 1}""");
        folder.Write("dumps/other.csv", "a,b\n1,2\n");
        string dumps = folder["dumps"];
        using JsonDocument json = Json(out ToolRun run, "--dump", dumps);
        Assert.Equal(["root", "ann"], json.RootElement.GetProperty("credentials").EnumerateArray().Select(NameOf));
        Assert.Equal(["PSEC1014"], json.RootElement.GetProperty("account").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()));
        Assert.Equal(1, run.ExitCode);
        ToolRun none = Text("--dump", Path.GetDirectoryName(folder.Write("empty/x.json", "{}"))!);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("has no account dump", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_Advisor_names_what_a_user_does_not_use()
    {
        string advisor = folder.Write("advisor.json", """{"JobStatus": "COMPLETED", "ServicesLastAccessed": [{"ServiceName": "S3", "ServiceNamespace": "s3", "LastAuthenticated": "2026-11-20T00:00:00Z"}, {"ServiceName": "EC2", "ServiceNamespace": "ec2"}]}""");
        string dump = Dump(User("ann", Allow("s3:GetObject", "*")));
        Assert.Contains("   unused    not used for 90 days: ec2\n", Text("--dump", dump, "--last-accessed",
            $"arn:aws:iam::111122223333:user/ann={advisor}").Output, StringComparison.Ordinal);
        ToolRun other = Text("--dump", dump, "--last-accessed", $"arn:aws:iam::111122223333:user/bob={advisor}");
        Assert.Equal((2, ""), (other.ExitCode, other.Output));
        Assert.Contains("arn:aws:iam::111122223333:user/bob: this is not a user or role of the dump", other.Error, StringComparison.Ordinal);
        Assert.Equal(2, Text("--dump", dump, "--last-accessed", advisor).ExitCode);
    }

    [Theory]
    [InlineData("--credential-report", """{"SummaryMap": {}}""", "is not a credential report (aws iam get-credential-report)")]
    [InlineData("--account-summary", """{"Version": "2012-10-17", "Statement": []}""",
        "this is an IAM policy, not an account summary (aws iam get-account-summary)")]
    public void Another_file_is_refused(string option, string text, string message)
    {
        ToolRun run = Text("--dump", Dump(User("ann")), option, folder.Write("other.json", text));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("html")]
    public void Names_are_text_in_every_format(string format)
    {
        const string Name = "<img src=x onerror=alert(1)>|@team";
        ToolRun run = ToolRun.Command("ask", "credentials", "--dump", Dump(User(Name, Allow("s3:GetObject", "*"))), "--format", format, "--as-of", Day);
        Assert.DoesNotContain("<img", run.Output.Replace("`arn:aws:iam::111122223333:user/<img", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("not asked about", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string NameOf(JsonElement entry) => entry.GetProperty("principal").GetString()!.Split(':', '/')[^1];

    private static string Allow(string action, string resource) => $$"""{"Effect": "Allow", "Action": "{{action}}", "Resource": "{{resource}}"}""";

    private static string User(string name, params string[] statements) =>
        $$"""{"UserName": "{{name}}", "Arn": "arn:aws:iam::111122223333:user/{{name}}", "UserPolicyList": [{{(statements.Length == 0 ? "" : $$"""{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{{string.Join(", ", statements)}}] } }""")}}]}""";

    private static string Line(string name, string? key) => $"{name},arn:aws:iam::111122223333:user/{name},2020-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,"
        + (key is null ? "false,N/A,N/A,N/A,N/A," : $"true,{key}T00:00:00+00:00,2026-11-20T00:00:00+00:00,eu-west-1,s3,")
            + "false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";

    private string Dump(params string[] users) => folder.Write("account.json", $$"""{"UserDetailList": [{{string.Join(", ", users)}}], "RoleDetailList": [], "GroupDetailList": [], "Policies": []}""");

    private static ToolRun Text(params string[] arguments) => ToolRun.Command(["ask", "credentials", "--as-of", Day, .. arguments]);

    private static JsonDocument Json(out ToolRun run, params string[] arguments)
    {
        run = Text(["--format", "json", .. arguments]);
        return JsonDocument.Parse(run.Output);
    }
}
