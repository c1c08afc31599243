namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>Help is as wide as a page of text, wherever it is written to.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands() =>
    [
        "", "simulate", "prove", "verify", "certificate", "certificate check", "ask", "ask who-can", "ask what-can", "ask escalation", "check", "explain", "scan", "install-hook", "trim", "report", "completion",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_line_is_wider_than_100_columns(string command)
    {
        string[] line = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"];
        ToolRun piped = ToolRun.Command(line), terminal = ToolRun.OnTerminal("", line);
        Assert.Equal((0, "", piped.Output), (piped.ExitCode, piped.Error, terminal.Output));
        Assert.DoesNotContain(piped.Lines, l => l.Length > 100);
        Assert.StartsWith("Description:\n  ", piped.Output, StringComparison.Ordinal);
        Assert.Contains($"\n  provablesec {command}".TrimEnd(), piped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_command_is_one_line()
    {
        string[] lines = ToolRun.Command("--help").Output.Split('\n');
        int first = Array.IndexOf(lines, "Commands:") + 1, count = Array.IndexOf(lines, "", first) - first;
        Assert.Equal(12, count);
        Assert.All(lines[first..(first + count)], line => Assert.Matches("^  [a-z-]+ +[A-Z].*[a-z]$", line));
    }

    [Fact]
    public void Options_show_their_choices_and_defaults()
    {
        string help = ToolRun.Command("verify", "--help").Output;
        Assert.Contains("\n  provablesec verify [<FILE>] [options]\n", help, StringComparison.Ordinal);
        Assert.Contains("  --fail-on <error|info|never|warning>", help, StringComparison.Ordinal);
        Assert.Matches(@"\[default:\s+text\]", help);
        Assert.Contains("  --only <ID>", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_example_is_broken_as_a_shell_takes_it() =>
        Assert.Contains(" \\\n      --", ToolRun.Command("prove", "--help").Output, StringComparison.Ordinal);
}
