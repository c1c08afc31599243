using System.Diagnostics;
using System.Text;

namespace ProvableSec.Tool.Tests;

/// <summary>A run of the tool in a process of its own, for what belongs to a process: the current folder, the PATH.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it told.</param>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    /// <summary>The executable that the tests start, such as a native build; null where they run the assembly beside them. eng/publish-native.sh sets
    /// it.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("PROVABLESEC_TOOL") is { Length: > 0 } program ? Path.GetFullPath(program)
        : null;

    /// <summary>Runs a command line.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="path">The PATH; that of the tests unless given.</param>
    /// <param name="args">The command line.</param>
    public static ToolProcess Run(string folder, string? path, params string[] args)
    {
        ProcessStartInfo start = Program is { } program ? new(program, args) : new("dotnet", [typeof(ProvableSecCommand).Assembly.Location, .. args]);
        start.WorkingDirectory = folder;
        start.Environment["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH");
        var output = new MemoryStream();
        (int code, string error) = Run(start, [], output);
        return new ToolProcess(code, Encoding.UTF8.GetString(output.ToArray()), error);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program and its command line.</param>
    /// <param name="input">What it is given on its standard input.</param>
    /// <param name="output">Receives its standard output.</param>
    /// <returns>Its exit code, and what it told.</returns>
    public static (int ExitCode, string Error) Run(ProcessStartInfo start, byte[] input, Stream output)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardErrorEncoding = Encoding.UTF8;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        var given = Task.Run(() =>
        {
            try
            {
                using Stream standardInput = process.StandardInput.BaseStream;
                standardInput.Write(input);
            }
            catch (IOException)
            {
                // It ended before it had read all, as with a wrong command line.
            }
        });
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        given.Wait();
        return (process.ExitCode, error.Result);
    }
}
