using System.Diagnostics;

namespace ProvableSec.Packages.Tests;

/// <summary>A program that has run, with all that it printed.</summary>
public sealed record CommandRun(int ExitCode, string Output)
{
    // What this process was told about its own build and run is not for those.
    private static readonly string[] OfThisRun = ["MSBuild", "TESTINGPLATFORM", "DOTNET_CLI_TEST"];

    public static async Task<CommandRun> Start(string where, IEnumerable<(string Name, string Value)> environment, string program, params string[] arguments)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => OfThisRun.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToArray())
        {
            start.Environment.Remove(name);
        }

        // No process stays behind that serves later builds: it would keep the temporary folder open.
        foreach ((string name, string value) in environment.Concat([("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("NO_COLOR", "1")]))
        {
            start.Environment[name] = value;
        }

        using Process run = Process.Start(start)!;
        Task<string> errors = run.StandardError.ReadToEndAsync(cancellation);
        string output = await run.StandardOutput.ReadToEndAsync(cancellation);
        await run.WaitForExitAsync(cancellation);
        return new CommandRun(run.ExitCode, (output + await errors).ReplaceLineEndings("\n"));
    }
}
