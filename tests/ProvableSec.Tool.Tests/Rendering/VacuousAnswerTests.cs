using System.Text.Json;
using System.Xml.Linq;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>What holds whatever the policies say is not a success, and every format says why.</summary>
public sealed class VacuousAnswerTests : IDisposable
{
    private const string Contradictory = """{"id": "never", "says": "No, never", "question": "not-granted", "stacks": ["app"], "forbidden": {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"},"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}}MORE}""";
    private const string Reason = "the property describes no request at all, so it holds whatever the policies say";
    private const string Nothing = """{"id": "nothing", "question": "not-granted", "policy": {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}, "forbidden": "properties/roles.json"}""";

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Property(string more = "") => Contradictory.Replace("MORE", more, StringComparison.Ordinal);

    [Fact]
    public void Text_has_a_mark_of_its_own_and_the_reason()
    {
        ToolRun run = folder.Verify(Property());
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("∅ never  No, never  vacuous<time>\n    Holds, but says nothing: the property describes no request at all, so it holds whatever the\n    policies say.\n", folder.Stable(run.Output), StringComparison.Ordinal);
        Assert.StartsWith("1 property: 1 vacuous · ", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_allows_nothing_grants_nothing_vacuously()
    {
        ToolRun run = folder.Verify(Nothing);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the policy allows no request at all of those asked about", run.Output.Replace("\n    ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData(""", "vacuous": "allow" """, 0)]
    [InlineData(""", "expect": "violated" """, 1)]
    public void The_property_may_allow_it(string more, int exitCode) => Assert.Equal(exitCode, folder.Verify(Property(more)).ExitCode);

    [Fact]
    public void What_is_allowed_says_so_all_the_same()
    {
        ToolRun run = folder.Verify(Property(""", "vacuous": "allow" """));
        Assert.StartsWith("✓ never  No, never  vacuous", run.Output, StringComparison.Ordinal);
        Assert.Contains("Holds, but says nothing: " + Reason + " (allowed).", run.Output.Replace("\n    ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Undecided_pass_lets_it_pass() => Assert.Equal(0, folder.Verify(Property(), "--undecided", "pass").ExitCode);

    [Fact]
    public void Any_other_word_is_an_error_at_its_place()
    {
        ToolRun run = folder.Verify(Property(""", "vacuous": "ignore" """));
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"provablesec\.json:\d+:\d+: vacuous must be one of allow, not ""ignore""", run.Error);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    public void Json_has_the_reason_or_null(string format)
    {
        ToolRun run = folder.Verify($$"""{{Property()}},{"id": "holds", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""", "--format", format);
        JsonElement[] answers = format == "json" ? [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("properties").EnumerateArray()] : [.. run.Answers];
        Assert.Equal([Reason, null], answers.Select(answer => answer.GetProperty("vacuous").GetString()));
        Assert.All(answers, answer => Assert.Equal("holds", answer.GetProperty("verdict").GetString()));
        Assert.Equal([false, true], answers.Select(answer => answer.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public void Sarif_has_a_result_to_review()
    {
        JsonElement result = Assert.Single(JsonDocument.Parse(folder.Verify(Property(), "--format", "sarif").Output).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal(("never", "review", "none"), (result.GetProperty("ruleId").GetString(), result.GetProperty("kind").GetString(), result.GetProperty("level").GetString()));
        Assert.Equal($"No, never: holds, but says nothing: {Reason}.", result.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(Reason, result.GetProperty("properties").GetProperty("vacuous").GetString());
    }

    [Fact]
    public void JUnit_has_a_skipped_test()
    {
        XElement suite = XDocument.Parse(folder.Verify(Property(), "--format", "junit").Output).Root!;
        Assert.Equal("1", (string?)suite.Attribute("skipped"));
        Assert.Contains(Reason, (string?)suite.Descendants("skipped").Single().Attribute("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void GitHub_has_a_warning_at_the_property()
    {
        string line = folder.Verify(Property(), "--format", "github").Lines[0];
        Assert.StartsWith("::warning file=provablesec.json,line=", line, StringComparison.Ordinal);
        Assert.EndsWith($"title=never::No, never: holds, but says nothing: {Reason}.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_it_in_the_table_and_below()
    {
        string text = folder.Verify(Property(), "--format", "markdown").Output;
        Assert.Contains("| ∅ | `never` | `No, never` | vacuous |", text, StringComparison.Ordinal);
        Assert.Contains($"holds, but says nothing: {Reason}.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_about_a_set_is_vacuous_only_where_it_is_for_every_member()
    {
        folder.Write("policies/nothing.json", """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""");
        const string Configuration = """
            {"version": 1,
             "stacks": {"idle": {"account": "111122223333", "identityPolicies": ["policies/nothing.json"], "resourcePolicy": null},
                        "busy": {"account": "111122223333", "identityPolicies": ["policies/roles/app.json"], "resourcePolicy": null}},
             "properties": [{"id": "roles", "question": "not-granted", "stacks": STACKS, "forbidden": "properties/roles.json"}]}
            """;
        ToolRun some = folder.VerifyText(Configuration.Replace("STACKS", """["idle", "busy"]""", StringComparison.Ordinal));
        Assert.Equal(0, some.ExitCode);
        Assert.StartsWith("✓ roles  holds", some.Output, StringComparison.Ordinal);
        Assert.Contains("warning: stack idle: holds, but says nothing: the policies together allow no request at all", some.Output, StringComparison.Ordinal);
        Assert.Equal(3, folder.VerifyText(Configuration.Replace("STACKS", """["idle"]""", StringComparison.Ordinal)).ExitCode);
    }

    [Theory]
    [InlineData("", 3, null)]
    [InlineData(",\"expected\":\"holds\"", 3, false)]
    [InlineData(",\"expected\":\"holds\",\"vacuous\":\"allow\"", 0, true)]
    [InlineData(",\"vacuous\":\"allow\"", 0, null)]
    [InlineData(",\"expected\":\"violated\"", 1, false)]
    public void A_batch_takes_it_for_no_success(string more, int exitCode, bool? ok)
    {
        const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}""";
        const string Never = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SecureTransport":"false"}}}}""";
        ToolRun run = ToolRun.Of($$"""{"question":"not-granted","policy":{{Policy}},"forbidden":{{Never}}{{more}} }""", "prove", "--batch", "-");
        Assert.Equal(exitCode, run.ExitCode);
        JsonElement answer = Assert.Single(run.Answers);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("vacuous").ValueKind);
        Assert.Equal(ok, answer.TryGetProperty("ok", out JsonElement told) ? told.GetBoolean() : null);
        Assert.Contains("1 holds (1 vacuous)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_version_that_allows_nothing_holds_with_a_note()
    {
        const string None = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""";
        const string Some = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}""";
        ToolRun run = ToolRun.Of($$"""{"question":"no-new-access","policy":{"identityPolicies":[{{None}}]},"baseline":{"identityPolicies":[{{Some}}]} }""", "prove", "--batch", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(JsonValueKind.Null, run.Answers[0].GetProperty("vacuous").ValueKind);
        Assert.Contains("the policy allows no request at all", run.Answers[0].GetProperty("warnings").ToString(), StringComparison.Ordinal);
    }
}
