using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>The examples of the page about commands do what it says.</summary>
public sealed class CommandsPageTests
{
    private readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands.md"));

    [Fact]
    public void The_case_has_the_answer_beside_it()
    {
        var run = ToolRun.Of(Block("case"), "simulate", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Block("answer").Trim(), run.Output.Trim());
    }

    [Fact]
    public void The_query_is_answered_as_expected_and_its_witness_is_a_request_that_simulate_allows()
    {
        string query = Block("query").ReplaceLineEndings(" ");
        var proved = ToolRun.Of(query, "prove", "--batch", "-");
        Assert.Equal(0, proved.ExitCode);
        Assert.True(proved.Answers[0].GetProperty("ok").GetBoolean());
        JsonElement asked = JsonDocument.Parse(query).RootElement;
        string decided = $$"""{"identityPolicies":{{asked.GetProperty("identityPolicies").GetRawText()}},"request":{{proved.Answers[0].GetProperty("witness").GetRawText()}},"expected":"allow"}""";
        Assert.Equal(0, ToolRun.Of(decided.ReplaceLineEndings(" "), "simulate", "-").ExitCode);
    }

    [Fact]
    public void Every_command_is_on_the_page()
    {
        string help = ToolRun.Command("--help").Output;
        foreach (string command in (string[])["simulate", "prove", "verify", "certificate", "ask", "check", "explain", "scan", "install-hook", "trim", "report", "completion"])
        {
            Assert.Contains($"  {command} ", help, StringComparison.Ordinal);
            Assert.Contains($"## `{command} ", page, StringComparison.Ordinal);
        }
    }

    private string Block(string name) => Regex.Match(page, $"^```json {name}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
}
