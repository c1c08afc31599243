using System.ComponentModel;
using System.Diagnostics;
using ProvableSec.SmtLib;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Report;

/// <summary>Finds and runs the program that draws reports.</summary>
internal static class ReportProgram
{
    /// <summary>What it is called.</summary>
    public const string ProgramName = "provablesec-report";

    private const string Project = "ProvableSec.Report";

    /// <summary>
    /// Where it is: beside this program, in a checkout where the build puts it, on the PATH. The current folder is none of these: it may be somebody's pull
    /// request.
    /// </summary>
    /// <returns>Its assembly or executable; null when it is nowhere.</returns>
    private static string? Find()
    {
        // …/tool/ProvableSec.Tool/bin/Release/net10.0/
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        string? sibling = build.Parent?.Parent?.Parent?.Parent is { } tool
            ? Path.Combine(tool.FullName, Project, "bin", build.Parent.Name, build.Name, ProgramName + ".dll")
            : null;
        return new[] { Path.Combine(AppContext.BaseDirectory, ProgramName + ".dll"), sibling }.FirstOrDefault(File.Exists)
            ?? InstalledProgram.Find(ProgramName);
    }

    /// <summary>Runs it to its end, on the streams of this process.</summary>
    /// <param name="args">Its command line.</param>
    /// <param name="code">Receives its exit code.</param>
    /// <returns>False when there is none that can be started.</returns>
    public static bool TryRun(IEnumerable<string> args, out int code)
    {
        code = ExitCodes.BadInput;
        if (Find() is not { } program)
        {
            return false;
        }

        bool isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        try
        {
            using Process process = Process.Start(isAssembly ? new ProcessStartInfo(Host(), [program, .. args]) : new ProcessStartInfo(program, args))!;
            process.WaitForExit();
            code = process.ExitCode;
            return true;
        }
        catch (Win32Exception)
        {
            // Not for this system, or no .NET to run it.
            return false;
        }
    }

    /// <summary>What runs assemblies: what runs this one, where it was not started by an executable of its own.</summary>
    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : InstalledProgram.Find("dotnet") ?? "dotnet";
}
