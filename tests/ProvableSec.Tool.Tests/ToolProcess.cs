using System.Diagnostics;

namespace ProvableSec.Tool.Tests;

/// <summary>A run of the tool in a process of its own, for what belongs to a process: the current folder, the PATH.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it told.</param>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command line.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="path">The PATH; that of the tests unless given.</param>
    /// <param name="args">The command line.</param>
    public static ToolProcess Run(string folder, string? path, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ProvableSecCommand).Assembly.Location, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolProcess(process.ExitCode, output, error.Result);
    }
}
