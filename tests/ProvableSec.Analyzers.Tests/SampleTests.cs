using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ProvableSec.Analyzers.Tests;

/// <summary>The package in builds of its own, as the pages of the samples show it.</summary>
public sealed partial class SampleTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Samples = Repository.Path("samples");

    [Theory]
    [InlineData("leaky-app", "", 0)]
    [InlineData("broad-access", "web", 0)]
    [InlineData("broad-access", "cdk", 1)]
    [InlineData("rotated-secret", "app", 0)]
    public Task The_build_breaks_and_after_the_repair_it_does_not(string sample, string template, int shown) => PrintsWhatThePageShows(sample, template, shown);

    [Fact]
    public Task The_template_that_the_CDK_makes_has_every_public_bucket_that_the_build_finds()
    {
        Assert.SkipUnless(IsOnPath("node"), "the CDK runs in Node.js");
        return PrintsWhatThePageShows("broad-access", "synth", 2);
    }

    private static async Task PrintsWhatThePageShows(string sample, string template, int shown)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("bash", [Path.Combine(Samples, sample, "run.sh"), .. template.Length > 0 ? [template] : Array.Empty<string>(),
            Configuration])
        { RedirectStandardOutput = true, RedirectStandardError = true };
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
        Assert.Equal(Shown(sample, shown), KeyThatDiffers().Replace(output, "AKIA…, account …"));
        Assert.Equal(0, run.ExitCode);
    }

    private static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Shown(string sample, int at)
    {
        string page = File.ReadAllText(Path.Combine(Samples, sample, "README.md")).ReplaceLineEndings("\n");
        return page.Split("```text\n")[at + 1].Split("```")[0];
    }

    [GeneratedRegex("AKIA…[A-Z2-7]{4}, account (unknown|[0-9]{12})", RegexOptions.CultureInvariant)]
    private static partial Regex KeyThatDiffers();
}
