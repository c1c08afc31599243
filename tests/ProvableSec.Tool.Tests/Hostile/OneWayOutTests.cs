using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>Nothing of the tool gets around the place that makes output mere data.</summary>
public sealed partial class OneWayOutTests
{
    [Fact]
    public void OnlyTheConsoleOfACommandKnowsTheProcessesOwn() => Assert.Equal(
        ["Terminal/CommandConsole.cs", "Terminal/StyledText.cs"],
        ToolSources.All().Where(source => ProcessConsole().IsMatch(source.Text)).Select(source => source.Name));

    /// <summary>A terminal's width is asked for there, and nothing written.</summary>
    [Fact]
    public void StyledTextWritesNothingToIt() => Assert.Equal(
        ["Console.WindowWidth"],
        ProcessConsole().Matches(ToolSources.All().Single(source => source.Name == "Terminal/StyledText.cs").Text).Select(match => match.Value));

    /// <summary>Log lines of somebody are for another program, and go on as they are; what counts them is not.</summary>
    [Fact]
    public void OnlyTrimHandsOnRecords() => Assert.Equal(
        ["Trim/TrimWriter.cs"],
        ToolSources.All().Where(source => source.Text.Contains("console.Records", StringComparison.Ordinal)).Select(source => source.Name));

    [Fact]
    public void OnlyAnnotationsAreCommands() => Assert.All(
        ToolSources.All().SelectMany(source => WrittenCommand().Matches(source.Text).Select(match => match.Groups[1].Value)),
        written => Assert.Equal("GitHubAnnotation.Of(", written));

    [GeneratedRegex(@"(?<![\w.])Console\.\w+")]
    private static partial Regex ProcessConsole();

    [GeneratedRegex(@"\.WriteCommand\(\s*((?!string line)[\w.]+\()")]
    private static partial Regex WrittenCommand();
}
