using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>Help is as wide as a page of text, wherever it is written to.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands() => [.. CommandTree.Paths().Select(path => string.Join(' ', path))];

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
    public void Each_command_is_one_line_below_the_heading_of_its_group()
    {
        string[] lines = ToolRun.Command("--help").Output.Split('\n');
        int first = Array.FindIndex(lines, line => line.EndsWith("commands:", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("Commands for ", StringComparison.Ordinal)), last = Array.IndexOf(lines, "Examples:");
        Assert.Equal("Commands for policies:", lines[first]);
        string[] commands = [.. lines[first..last].Where(line => line.StartsWith(' '))];
        Assert.Equal(CommandTree.Paths().Where(path => path.Length == 1).Select(path => path[0]).Order(),
            commands.Select(line => line.Trim().Split(' ')[0]).Order());
        Assert.All(commands, line => Assert.Matches("^  [a-z-]+ +[A-Z].*[a-z]$", line));
    }

    [Fact]
    public void Options_show_their_choices_and_defaults()
    {
        string help = ToolRun.Command("verify", "--help").Output;
        Assert.Contains("\n  provablesec verify [<FILE>] [options]\n", help, StringComparison.Ordinal);
        Assert.Contains("  --fail-on <error|info|never|warning>", help, StringComparison.Ordinal);
        Assert.Matches(@"\[default:\s+text\]", help);
        Assert.Contains("  --only <ID>", help, StringComparison.Ordinal);
        string unbroken = Regex.Replace(help, @"\s+", " ");
        Assert.Contains("--format <FORMAT> Output format: github, html, json, junit, markdown, msbuild, ndjson, sarif, text [default: text]", unbroken, StringComparison.Ordinal);
        Assert.Contains("[default: the number of processors]", unbroken, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_example_is_broken_as_a_shell_takes_it() =>
        Assert.Contains(" \\\n      --", ToolRun.Command("prove", "--help").Output, StringComparison.Ordinal);
}
