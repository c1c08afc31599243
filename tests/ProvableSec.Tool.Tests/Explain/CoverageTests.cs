using System.Text.Json;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Tool.Tests.Explain;

/// <summary><c>explain --coverage</c>: phases of the kill chain that rules, a log filter and findings have to do with.</summary>
public sealed class CoverageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_phase_has_a_line_and_every_rule_a_phase()
    {
        ToolRun run = ToolRun.Command("explain", "--coverage");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(ControlMapping.Phases, run.Lines[1..8].Select(line => line[..24].TrimEnd()));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 90, line));
        JsonElement phases = JsonDocument.Parse(ToolRun.Command("explain", "--coverage", "--format", "json").Output).RootElement.GetProperty("phases");
        Assert.Equal(
            RuleCatalogue.All.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            phases.EnumerateArray().SelectMany(phase => phase.GetProperty("rules").EnumerateArray()).Select(rule => rule.GetString()!)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_that_are_left_out_do_not_count()
    {
        JsonElement phases = JsonDocument.Parse(ToolRun.Command("explain", "--coverage", "--format", "json", "--ignore", "PSEC2003").Output).RootElement
            .GetProperty("phases");
        Assert.DoesNotContain(phases.EnumerateArray().SelectMany(phase => phase.GetProperty("rules").EnumerateArray()), rule => rule.GetString() == "PSEC2003");
        Assert.Equal(2, ToolRun.Command("explain", "--coverage", "--ignore", "PSEC9999").ExitCode);
    }

    [Fact]
    public void Findings_of_check_and_scan_count_where_their_rules_are()
    {
        string own = folder.Write("own.json", """[{"rule": "PSEC2003"}, {"rule": "PSEC1001"}, {"rule": "PSEC1001"}]""");
        string sarif = folder.Write("other.sarif", """{"version": "2.1.0", "runs": [{"results": [{"ruleId": "PSEC2001"}, {"ruleId": "S1234"}]}]}""");
        ToolRun run = ToolRun.Command("explain", "--coverage", "--findings", own, "--findings", sarif, "--format", "json");
        Assert.Equal(
            ["Exploitation 2", "Installation 1", "Actions on Objectives 1"],
            JsonDocument.Parse(run.Output).RootElement.GetProperty("phases").EnumerateArray().Where(phase => phase.GetProperty("findings").GetInt32() > 0)
                .Select(phase => $"{phase.GetProperty("phase")} {phase.GetProperty("findings")}"));
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("otherFindings").GetInt32());
        Assert.Contains("1 finding is not of these rules", ToolRun.Command("explain", "--coverage", "--findings", sarif).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version": 1, "rules": [], "otherwise": "drop"}""", "can be dropped")]
    [InlineData("""{"version": 1, "rules": [], "otherwise": "keep"}""", "kept, proved")]
    public void What_a_filter_keeps_is_proved(string rules, string expected)
    {
        ToolRun run = ToolRun.Command("explain", "--coverage", "--filter", folder.Write("rules.json", rules));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2, run.Lines.Count(line => line.Contains(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("explain", "Name a rule, or ask for --coverage.")]
    [InlineData("explain PSEC2001 --coverage", "Name a rule, or ask for --coverage.")]
    [InlineData("explain PSEC2001 --ignore PSEC2003", "go with --coverage")]
    public void What_does_not_go_together_is_refused(string line, string message)
    {
        ToolRun run = ToolRun.Command(line.Split(' '));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_none_is_told_of()
    {
        string file = folder.Write("x.json", "{\"a\": 1}");
        ToolRun run = ToolRun.Command("explain", "--coverage", "--findings", file);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("x.json:1:1: expected findings as provablesec check or scan writes them", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
