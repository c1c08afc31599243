using System.Text.Json;
using System.Xml.Linq;
using ProvableSec.Reasoning;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>A proof says what it was given and what it assumes, and what would make it stronger.</summary>
public sealed class VerdictBasisTests : IDisposable
{
    private const string Holds = """{"id": "holds", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""";
    private const string Given = "identity policy (1), account 111122223333";
    private const string Stronger = "give the resource's policy (resourcePolicy, null where it has none)";

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Written(string name, string action, string effect = "Allow")
    {
        folder.Write(name, $$"""{"Version":"2012-10-17","Statement":{"Effect":"{{effect}}","Action":"{{action}}","Resource":"*"} }""");
        return folder[name];
    }

    private static string Joined(ToolRun run) => System.Text.RegularExpressions.Regex.Replace(run.Output, @"\n {5,}", " ");

    [Fact]
    public void One_question_explains_what_it_assumes()
    {
        ToolRun run = ToolRun.Command("prove", "not-granted", "--identity", Written("q.json", "sqs:*"), "--account", "111122223333", "--forbid", "sns:Publish");
        Assert.Contains("   (given: no direct grants)\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("    given: identity policy (1), account 111122223333\n    assumed: no-direct-grants (no resource policy grants the caller by itself)\n    stronger: " + Stronger + "\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines.Skip(1), line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [InlineData("kms:Decrypt", "key policy")]
    [InlineData("sts:AssumeRole", "role's trust policy")]
    public void An_unknown_names_the_policy_to_give(string action, string policy)
    {
        string[] question = ["prove", "granted", "--identity", Written("i.json", action), "--account", "111122223333", "--require", action];
        ToolRun text = ToolRun.Command(question);
        Assert.Equal(3, text.ExitCode);
        Assert.Contains($"give the {policy} (resourcePolicy, null where it has none)", Joined(text).Replace("\n    ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    [InlineData("markdown")]
    [InlineData("text")]
    public void Every_format_of_verify_says_which_policy_would_decide(string format)
    {
        folder.Write("policies/key-admin.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}""");
        ToolRun run = folder.Verify("""{"id": "k", "question": "granted", "policy": {"account": "111122223333", "identityPolicies": ["policies/key-admin.json"]}, "required": {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}}}""", "--format", format);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("give the key policy (resourcePolicy", run.Output.Replace("\n    ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_says_each_thing_once_below_the_table()
    {
        ToolRun run = folder.Verify($"{Holds},{Holds.Replace("\"holds\"", "\"more\"", StringComparison.Ordinal)}");
        Assert.Contains($"\n  given: {Given} [app]\n  stronger: {Stronger} [holds, more]\n2 properties", Joined(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_it_in_members()
    {
        JsonElement answer = folder.Verify(Holds, "--format", "ndjson").Answers[0];
        Assert.Equal(Given, string.Join(", ", answer.GetProperty("given").EnumerateArray()));
        Assert.Equal("""["no-direct-grants"]""", answer.GetProperty("assumptions").GetRawText());
        Assert.Equal("[]", answer.GetProperty("facts").GetRawText());
        Assert.Equal(Stronger, answer.GetProperty("stronger").GetString());
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    [InlineData("markdown")]
    public void Formats_without_members_have_it_in_a_sentence(string format)
    {
        string text = folder.Verify(Holds, "--format", format).Output;
        string sentence = format switch
        {
            "sarif" => JsonDocument.Parse(text).RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0]
                .GetProperty("message").GetProperty("text").GetString()!,
            "junit" => XDocument.Parse(text).Descendants("system-out").Single().Value,
            _ => text,
        };
        Assert.Contains($"holds: holds. given: {Given}. assumed: no-direct-grants. stronger: {Stronger}", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_says_what_each_stack_was_given()
    {
        JsonElement answer = folder.Verify("""{"id": "both", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/roles.json"}""", "--format", "ndjson").Answers[0];
        Assert.Equal(
            ["stack app (identity policy (1), account 111122223333)", "stack guarded (identity policy (1), SCPs of 1 level, account 111122223333)"],
            answer.GetProperty("given").EnumerateArray().Select(given => given.GetString()));
    }

    [Fact]
    public void Stacks_are_said_in_full()
    {
        const string Allow = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}""";
        ToolRun run = ToolRun.Of(
            $$"""
            {"question":"not-granted","account":"111122223333","identityPolicies":[{{Allow}},{{Allow}}],"permissionsBoundary":{{Allow}},"sessionPolicies":[{{Allow}}],"resourcePolicy":null,"serviceControlPolicies":[[{{Allow}}],[{{Allow}}],[{{Allow}}]],"organization":{"id":"o-example1234","accounts":{"111122223333":"o-example1234/r-ab12/","444455556666":"o-example1234/r-ab12/"} },"forbidden":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:*","Resource":"*"} } }
            """,
            "prove", "--batch", "-");
        Assert.Equal(
            ["identity policies (2)", "permissions boundary", "session policy (1)", "no resource policy (null)", "SCPs of 3 levels",
                "organization o-example1234 (2 accounts)", "account 111122223333"],
            run.Answers[0].GetProperty("given").EnumerateArray().Select(given => given.GetString()));
    }

    [Theory]
    [InlineData("Deny", "scp", "one document as a service control policy beside FullAWSAccess")]
    [InlineData("Allow", "scp", "one document as a service control policy, the only one of its level")]
    [InlineData("Allow", "boundary", "one document as a permissions boundary")]
    [InlineData("Deny", "identity", "one document as an identity policy beside others that allow everything")]
    public void A_lone_document_says_what_it_is_taken_as(string effect, string type, string given)
    {
        string policy = Written("lone.json", effect == "Deny" ? "sns:*" : "sqs:*", effect);
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", policy, "--type", type, "--forbid", "sns:Publish", "--format", "ndjson");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(given, Assert.Single(run.Answers[0].GetProperty("given").EnumerateArray()).GetString());
    }

    [Fact]
    public void Facts_of_the_service_data_are_said_with_their_date()
    {
        folder.Write("list.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Condition":{"Null":{"s3:prefix":"true"}}}]}""");
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", folder["list.json"], "--forbid", "s3:GetObject", "--format", "ndjson");
        JsonElement answer = run.Answers[0];
        Assert.Contains("catalogue", answer.GetProperty("assumptions").ToString(), StringComparison.Ordinal);
        Assert.Contains("s3:prefix is never sent with s3:GetObject", answer.GetProperty("facts").ToString(), StringComparison.Ordinal);
        Assert.Matches(@"the facts rest on the service data of \d{4}-\d\d-\d\d, --without catalogue asks without them",
            answer.GetProperty("stronger").GetString());
        ToolRun without = ToolRun.Command("prove", "not-granted", "--policy", folder["list.json"], "--forbid", "s3:GetObject", "--format", "ndjson",
            "--without", "catalogue");
        Assert.Equal(1, without.ExitCode);
    }

    [Fact]
    public void Every_assumption_has_words_and_can_be_left_out()
    {
        Assert.All(Prover.AssumptionNames,
            name => Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", Written("w.json", "sqs:*"), "--forbid", "sns:*", "--without",
            name).ExitCode));
        string help = ToolRun.Command("prove", "--help").Output;
        Assert.All(Prover.AssumptionNames, name => Assert.Contains(name, help, StringComparison.Ordinal));
        string suggested = ToolRun.Command("[suggest:16]", "prove --without ").Output;
        Assert.All(Prover.AssumptionNames, name => Assert.Contains(name, suggested, StringComparison.Ordinal));
    }
}
