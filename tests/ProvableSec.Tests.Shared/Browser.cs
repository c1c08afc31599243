using System.Diagnostics;

namespace ProvableSec.Tests;

/// <summary>Chromium without a window.</summary>
public static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Its path; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>What a page is after its scripts have run.</summary>
    /// <param name="page">The file or address.</param>
    /// <param name="messages">Receives what the browser says of it: errors of scripts, and what its policy has stopped.</param>
    public static string Dom(string page, out string messages)
    {
        Assert.SkipWhen(Program is null, "chromium is not installed");
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(
            Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--user-data-dir=" + profile["profile"],
                "--enable-logging=stderr", "--virtual-time-budget=10000", "--window-size=1280,6000", "--dump-dom", page,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the browser does not come to an end");
        }

        messages = string.Join('\n', error.Result.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal)));
        return output.Result;
    }
}
