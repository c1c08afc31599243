using ProvableSec.Report;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Tests.CommandLine;

namespace ProvableSec.Analytics.Tests;

/// <summary>The page of <c>report</c> says what its command line does.</summary>
public sealed class ReportPageTests
{
    [Fact]
    public void The_page_has_every_argument_and_option()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        Assert.All(CommandPage.Leaves(ReportProgramCommand.Root(console)), CommandPage.AssertDescribed);
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
