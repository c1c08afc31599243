using System.Text.Json;

namespace ProvableSec.Tool.Tests.Prove;

public sealed class ProveFilterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_rules_of_trim_are_proved()
    {
        var run = ToolRun.Command("prove", "--filter", "default");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "✓ keeps-terminated  No record of a BLOCK, CAPTCHA or CHALLENGE is dropped   holds",
                "✓ keeps-counted     No record in which a COUNT rule matched is dropped      holds",
                "✓ rule-is-met       Some record meets \"default-action-allow\" first          holds",
            ],
            run.Lines);
    }

    [Fact]
    public void A_filter_by_text_is_refuted_with_a_record_that_trim_drops()
    {
        string rules = folder.Write("rules.json", """{"version":1,"rules":[{"id":"text","when":{"any":[{"terminatingRuleId":"*Default_Action*"},{"uri":"*Default_Action*"}]},"then":"drop"}]}""");
        var run = ToolRun.Command("prove", "--filter", rules, "--format", "json");
        Assert.Equal(1, run.ExitCode);
        JsonElement answer = run.Answers[0];
        Assert.Equal(("keeps-terminated", "violated", "text"), (answer.GetProperty("question").GetString(), answer.GetProperty("verdict").GetString(),
            answer.GetProperty("rule").GetString()));
        string witness = answer.GetProperty("witness").GetRawText();
        Assert.Equal("BLOCK", answer.GetProperty("witness").GetProperty("action").GetString());
        Assert.Equal("", ToolRun.Of(witness, "trim", "--rules", rules, "-").Output);
    }

    [Fact]
    public void Two_filters_are_compared()
    {
        string rules = folder.Write("rules.json", """{"version":1,"rules":[{"id":"a","when":{"action":"ALLOW","terminatingRuleId":"Default_Action"},"then":"drop"}]}""");
        var run = ToolRun.Command("prove", "--filter", rules, "--baseline", "default");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("✗ same-records", run.Output, StringComparison.Ordinal);
        Assert.Contains("dropped by \"a\", kept by \"otherwise\" of the baseline", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("prove", "--filter", "default", "--baseline", "default").ExitCode);
    }

    [Fact]
    public void A_dead_rule_is_a_warning()
    {
        string rules = folder.Write("rules.json", """{"version":1,"rules":[{"id":"a","when":{"uri":"/*"},"then":"keep"},{"id":"b","when":{"uri":"/b"},"then":"keep"}]}""");
        Assert.Equal(1, ToolRun.Command("prove", "--filter", rules).ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "--filter", rules, "--fail-on", "error").ExitCode);
    }

    [Theory]
    [InlineData("prove", "no-new-access", "--filter", "default")]
    [InlineData("prove", "--filter", "default", "--policy", "x.json")]
    [InlineData("prove", "--filter", "missing.json")]
    public void What_does_not_go_together_is_told(params string[] command)
    {
        var run = ToolRun.Command(command);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
    }
}
