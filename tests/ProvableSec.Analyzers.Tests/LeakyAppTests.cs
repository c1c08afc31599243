using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ProvableSec.Analyzers.Tests;

/// <summary>The package in a build of its own, as the sample's page shows it.</summary>
public sealed partial class LeakyAppTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Sample = Path.Combine(
        typeof(LeakyAppTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "samples", "leaky-app");

    [Fact]
    public async Task The_build_breaks_and_after_the_repair_it_does_not()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("bash", [Path.Combine(Sample, "run.sh"), Configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // What this process was told about its own build is not for that one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process run = Process.Start(start)!;
        Task<string> errors = run.StandardError.ReadToEndAsync(cancellation);
        string output = await run.StandardOutput.ReadToEndAsync(cancellation);
        await run.WaitForExitAsync(cancellation);

        Assert.Equal("", await errors);
        Assert.Equal(Shown(), KeyThatDiffers().Replace(output, "AKIA…, account …"));
        Assert.Equal(0, run.ExitCode);
    }

    private static string Shown()
    {
        string page = File.ReadAllText(Path.Combine(Sample, "README.md")).ReplaceLineEndings("\n");
        return page.Split("```text\n")[1].Split("```")[0];
    }

    [GeneratedRegex("AKIA…[A-Z2-7]{4}, account (unknown|[0-9]{12})", RegexOptions.CultureInvariant)]
    private static partial Regex KeyThatDiffers();
}
