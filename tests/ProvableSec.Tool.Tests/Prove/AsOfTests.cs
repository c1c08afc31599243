using System.Text.Json;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Prove;

/// <summary>No request is made before the as-of day, which is never that of the machine's clock.</summary>
public sealed class AsOfTests : IDisposable
{
    private const string Until = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2021-05-01T00:00:00Z"}}},{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}""";

    private readonly VerifyFolder folder = new();

    public AsOfTests() => folder.Write("policies/until.json", Until);

    public void Dispose() => folder.Dispose();

    private ToolRun Prove(params string[] options) =>
        ToolRun.Command(["prove", "not-granted", "--policy", folder["policies/until.json"], "--forbid", "sns:Publish", .. options]);

    private ToolRun Verify(string more, string configuration = "", params string[] options) => folder.VerifyText(
        $$"""{"version": 1, {{configuration}} "properties": [{"id": "p", "question": "not-granted", "policy": "policies/until.json", "forbidden": {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:*","Resource":"*"} }{{more}} }]}""",
        options);

    [Fact]
    public void The_day_of_the_service_data_counts_and_is_said()
    {
        ToolRun run = Prove();
        Assert.Equal(0, run.ExitCode);
        string day = ServiceCatalogue.Default.Date;
        Assert.Contains($"   (given: as of {day})\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"    assumed: as-of (no request is made before {day})\n    stronger: it holds as of {day}, moved by --as-of\n", run.Output, StringComparison.Ordinal);
        JsonElement answer = Prove("--format", "ndjson").Answers[0];
        Assert.Equal(("""["as-of"]""", day), (answer.GetProperty("assumptions").GetRawText(), answer.GetProperty("asOf").GetString()));
    }

    [Fact]
    public void The_option_moves_it()
    {
        Assert.Equal(1, Prove("--as-of", "2021-04-30").ExitCode);
        Assert.Equal("2021-05-02", Prove("--as-of", "2021-05-02", "--format", "ndjson").Answers[0].GetProperty("asOf").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2021-5-2")]
    [InlineData("2021-02-30")]
    [InlineData("today")]
    public void What_is_no_day_is_a_usage_error(string day)
    {
        foreach (string[] command in (string[][])[["prove", "can", "--policy", "x.json", "--action", "*"], ["verify"],
            ["ask", "who-can", "s3:GetObject", "--dump", "x.json"]])
        {
            ToolRun run = ToolRun.Command([.. command, "--as-of", day]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"--as-of must be a day as YYYY-MM-DD, such as 2026-01-31, not \"{day}\"", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_takes_what_has_ended_by_then_for_expired()
    {
        Assert.Contains("PSEC3405", ToolRun.Command("check", folder["policies/until.json"]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PSEC3405", ToolRun.Command("check", folder["policies/until.json"], "--as-of", "2021-04-30").Output, StringComparison.Ordinal);
        Assert.Contains("which has passed as of 2021-05-02", ToolRun.Command("check", folder["policies/until.json"], "--as-of", "2021-05-02").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_takes_it_too()
    {
        folder.Write("dump.json", """
            {"UserDetailList":[{"Path":"/","UserName":"pat","UserId":"AIDAEXAMPLEPAT","Arn":"arn:aws:iam::111122223333:user/pat","UserPolicyList":[{"PolicyName":"p","PolicyDocument":
            """ + Until + """
            }],"GroupList":[],"AttachedManagedPolicies":[],"Tags":[]}],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}
            """);
        Assert.DoesNotContain("user/pat", ToolRun.Command("ask", "who-can", "sns:Publish", "--dump", folder["dump.json"]).Output, StringComparison.Ordinal);
        Assert.Contains("user/pat", ToolRun.Command("ask", "who-can", "sns:Publish", "--dump", folder["dump.json"], "--as-of", "2021-01-01").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_may_say_it()
    {
        string question = $$"""{"question":"not-granted","policy":{{Until}},"forbidden":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:*","Resource":"*"} },"asOf":"DAY"}""";
        Assert.Equal(1, ToolRun.Of(question.Replace("DAY", "2020-01-01", StringComparison.Ordinal), "prove", "--batch", "-").ExitCode);
        ToolRun refused = ToolRun.Of(question.Replace("DAY", "soon", StringComparison.Ordinal), "prove", "--batch", "-");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("asOf must be a day as YYYY-MM-DD", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_says_it_for_all_and_a_property_for_itself()
    {
        Assert.Equal(0, Verify("").ExitCode);
        Assert.Equal(1, Verify("", """ "asOf": "2020-01-01", """).ExitCode);
        Assert.Equal(0, Verify(""", "asOf": "2022-01-01" """, """ "asOf": "2020-01-01", """).ExitCode);
        Assert.Equal(0, Verify("", """ "asOf": "2020-01-01", """, "--as-of", "2022-01-01").ExitCode);
        ToolRun refused = Verify("", """ "asOf": 2020, """);
        Assert.Equal(2, refused.ExitCode);
        Assert.Matches(@"provablesec\.json:1:\d+: asOf", refused.Error);
    }
}
