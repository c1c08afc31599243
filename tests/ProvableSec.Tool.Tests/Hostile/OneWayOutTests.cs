using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>Nothing of the tool gets around the place that makes output mere data.</summary>
public sealed partial class OneWayOutTests
{
    private static readonly string Tool = Path.Combine(Repository.Root, "tool", "ProvableSec.Tool");

    [Fact]
    public void OnlyTheConsoleOfACommandKnowsTheProcessesOwn() => Assert.Equal(
        ["Output/CommandConsole.cs", "Reports/StyledText.cs"],
        Sources().Where(source => ProcessConsole().IsMatch(source.Text)).Select(source => source.Name));

    /// <summary>A terminal's width is asked for there, and nothing written.</summary>
    [Fact]
    public void StyledTextWritesNothingToIt() => Assert.Equal(
        ["Console.WindowWidth"],
        ProcessConsole().Matches(File.ReadAllText(Path.Combine(Tool, "Reports", "StyledText.cs"))).Select(match => match.Value));

    /// <summary>Log lines of somebody are for another program, and go on as they are; what counts them is not.</summary>
    [Fact]
    public void OnlyTrimHandsOnRecords() => Assert.Equal(
        ["Trimming/TrimWriter.cs"],
        Sources().Where(source => source.Text.Contains("console.Records", StringComparison.Ordinal)).Select(source => source.Name));

    [Fact]
    public void OnlyAnnotationsAreCommands() => Assert.All(
        Sources().SelectMany(source => WrittenCommand().Matches(source.Text).Select(match => match.Groups[1].Value)),
        written => Assert.Equal("GitHubAnnotation.Of(", written));

    private static IEnumerable<(string Name, string Text)> Sources() => Directory.EnumerateFiles(Tool, "*.cs", SearchOption.AllDirectories)
        .Select(file => (Name: Path.GetRelativePath(Tool, file).Replace('\\', '/'), File: file))
        .Where(source => !source.Name.StartsWith("obj/", StringComparison.Ordinal) && !source.Name.StartsWith("bin/", StringComparison.Ordinal))
        .OrderBy(source => source.Name, StringComparer.Ordinal)
        .Select(source => (source.Name, File.ReadAllText(source.File)));

    [GeneratedRegex(@"(?<![\w.])Console\.\w+")]
    private static partial Regex ProcessConsole();

    [GeneratedRegex(@"\.WriteCommand\(\s*((?!string line)[\w.]+\()")]
    private static partial Regex WrittenCommand();
}
