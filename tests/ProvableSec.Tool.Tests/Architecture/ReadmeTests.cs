using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>Whoever clones the repository copies two commands: the one that does the main job, and the one that runs all tests.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_first_two_commands_do_the_main_job_and_run_all_tests()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        string[] commands = [.. Commands().Matches(readme).Take(2).Select(block => block.Groups[1].Value)];
        Assert.Equal(2, commands.Length);
        Assert.StartsWith("dotnet run -c Release --project tool/ProvableSec.Tool -- verify ", commands[0], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Repository.Root, commands[0].Trim().Split(' ')[^1])));
        Assert.Equal("./test.sh\n", commands[1]);
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Commands();
}
