using System.CommandLine;
using System.CommandLine.Help;
using ProvableSec.Report;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Analytics.Tests;

/// <summary>The page of <c>report</c> says what its command line does.</summary>
public sealed class ReportPageTests
{
    [Fact]
    public void The_page_has_every_argument_and_option()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        Assert.All(Leaves(ReportProgramCommand.Root(console)), command => CommandPage.AssertDescribed(
            HelpText.PathOf(command),
            HelpText.UsageOf(command),
            HelpText.ArgumentsOf(command),
            HelpText.OptionsOf(command).Where(option => option is not HelpOption).Select(HelpText.Described)));

        static IEnumerable<Command> Leaves(Command command) =>
            HelpText.CommandsOf(command).ToArray() is { Length: > 0 } children ? children.SelectMany(Leaves) : [command];
    }

    [Theory]
    [InlineData]
    [InlineData("waf")]
    [InlineData("guardduty")]
    [InlineData("findings")]
    [InlineData("athena")]
    public void No_line_of_help_is_wider_than_100_columns(params string[] command)
    {
        ReportOutput run = ReportOutput.Of([.. command, "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.Length > 100);
    }
}
