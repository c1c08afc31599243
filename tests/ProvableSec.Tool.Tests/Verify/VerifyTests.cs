using System.Text.Json;

namespace ProvableSec.Tool.Tests.Verify;

public sealed class VerifyTests : IDisposable
{
    private const string Holds = """{"id": "holds", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""";
    private const string Violated = """{"id": "violated", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/regions.json"}""";
    private const string Undecided = """{"id": "undecided", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json", "budget": 1}""";

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Expecting(string property, string more) => property[..^1] + ", " + more + "}";

    [Fact]
    public void All_that_holds_is_exit_0() => Assert.Equal(0, folder.Verify(Holds).ExitCode);

    [Fact]
    public void A_violation_is_exit_1_and_beats_what_is_undecided() => Assert.Equal(1, folder.Verify($"{Holds},{Violated},{Undecided}").ExitCode);

    [Theory]
    [InlineData(3)]
    [InlineData(3, "--undecided", "fail")]
    [InlineData(0, "--undecided", "pass")]
    public void What_is_undecided_is_exit_3_unless_it_may_pass(int exitCode, params string[] options)
    {
        ToolRun run = folder.Verify($"{Holds},{Undecided}", options);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("? undecided", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 holds, 1 unknown", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "error", 1)]
    [InlineData("warning", "error", 0)]
    [InlineData("warning", "warning", 1)]
    [InlineData("info", "warning", 0)]
    [InlineData("info", "info", 1)]
    [InlineData("error", "never", 0)]
    public void Severity_is_measured_against_fail_on(string severity, string failOn, int exitCode) =>
        Assert.Equal(exitCode, folder.Verify(Expecting(Violated, $"\"severity\": \"{severity}\""), "--fail-on", failOn).ExitCode);

    [Fact]
    public void A_violation_that_does_not_come_is_exit_1()
    {
        ToolRun run = folder.Verify(Expecting(Holds, "\"expect\": \"violated\""));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("It was expected to be violated, and is proved.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_stacks_are_one_line_about_the_worst()
    {
        ToolRun run = folder.Verify("""
            {"id": "stop", "question": "not-granted", "stacks": ["guarded", "app"], "request": {"context": {"aws:MultiFactorAuthPresent": "false"}}, "forbidden": "properties/stop.json"}
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack app)", run.Lines[0], StringComparison.Ordinal);
        Assert.Contains("1 property: 1 violated", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_alone_is_what_the_documents_say_it_is()
    {
        ToolRun run = folder.Verify("""{"id": "mfa", "question": "not-granted", "policy": "policies/scp/mfa.json", "forbidden": "properties/stop.json"}""", "--format", "ndjson");
        JsonElement answer = Assert.Single(run.Answers);
        Assert.Equal(("scp", "configuration file"), (answer.GetProperty("type").GetString(), answer.GetProperty("typeFrom").GetString()));
    }

    [Fact]
    public void Paths_are_relative_to_the_file_and_not_to_the_current_folder()
    {
        folder.Write(".git/HEAD", "");
        folder.Write("sub/role.json", VerifyFolder.Property("s3:GetObject"));
        folder.Write("sub/provablesec.json", """{"version": 1, "properties": [{"id": "p", "question": "not-granted", "policy": "role.json", "forbidden": "../properties/roles.json"}]}""");
        Assert.Equal(0, ToolRun.Command("verify", folder["sub/provablesec.json"]).ExitCode);
    }

    [Fact]
    public void Only_asks_what_is_named()
    {
        ToolRun run = folder.Verify($"{Holds},{Violated}", "--only", "holds");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("violated", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_with_an_unknown_id_is_exit_2()
    {
        ToolRun run = folder.Verify(Holds, "--only", "hold");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.Contains("did you mean holds?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_jobs_changes_nothing()
    {
        string properties =
            string.Join(',', Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Holds : Violated)
            .Replace("\"id\": \"", $"\"id\": \"p{i}-", StringComparison.Ordinal)));
        string one = folder.Stable(folder.Verify(properties, "--jobs", "1").Output), many = folder.Stable(folder.Verify(properties, "--jobs", "8").Output);
        Assert.Equal(one, many);
    }

    [Fact]
    public void Problems_of_documents_are_findings()
    {
        folder.Write("policies/scp/odd.json", """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"stringequals":{"aws:RequestedRegion":"x"}}}}""");
        ToolRun warned = folder.Verify(Holds);
        Assert.Equal(1, warned.ExitCode);
        Assert.Contains("4 documents, 1 finding ", warned.Output, StringComparison.Ordinal);
        Assert.Contains("odd.json:1:", warned.Output, StringComparison.Ordinal);
        Assert.Equal(0, folder.Verify(Holds, "--fail-on", "error").ExitCode);
        folder.Write("policies/scp/odd.json", "{\n  \"Statement\": [}");
        ToolRun broken = folder.Verify(Holds, "--fail-on", "error");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("✓ holds", broken.Output, StringComparison.Ordinal);
        Assert.Contains("odd.json:2:17", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_needs_a_broken_policy_is_not_asked_and_its_neighbours_are()
    {
        folder.Write("policies/scp/mfa.json", "{");
        ToolRun run = folder.Verify($$"""{{Holds}},{"id": "stop", "question": "not-granted", "stacks": ["guarded"], "forbidden": "properties/stop.json"}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("✓ holds", run.Output, StringComparison.Ordinal);
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 holds, 1 not asked", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_limit_says_that_it_was_one()
    {
        ToolRun run = folder.Verify(Holds, "--timeout", "60000");
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_missing_configuration_is_exit_2_with_nothing_on_stdout()
    {
        ToolRun run = ToolRun.Command("verify", folder["nothing.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
        Assert.Contains("nothing.json does not exist", run.Error, StringComparison.Ordinal);
    }
}
