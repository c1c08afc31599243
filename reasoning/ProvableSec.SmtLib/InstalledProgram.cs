using System.Diagnostics;

namespace ProvableSec.SmtLib;

/// <summary>
/// Programs of the PATH. They are started by their absolute path: given a bare name, .NET looks into the current folder first, on every system, and the current
/// folder of a CI job is somebody's pull request. Entries of the PATH that are empty or relative name that folder too, and do not count.
/// </summary>
internal static class InstalledProgram
{
    private const string PathVariable = "PATH";
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of the first program of that name; null when there is none.</summary>
    /// <param name="name">The name, without folder and ending.</param>
    public static string? Find(string name) =>
        Folders().Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(IsProgram);

    /// <summary>Describes a start of a program with all its streams redirected; null when there is no such program.</summary>
    /// <param name="name">The name, without folder and ending.</param>
    /// <param name="arguments">The command line.</param>
    public static ProcessStartInfo? Describe(string name, IEnumerable<string> arguments)
    {
        if (Find(name) is not { } program)
        {
            return null;
        }

        return new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // What it starts in turn, it finds as we do.
            Environment = { [PathVariable] = string.Join(Path.PathSeparator, Folders()) },
        };
    }

    private static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable(PathVariable) ?? "").Split(Path.PathSeparator).Select(folder => folder.Trim('"')).Where(Path.IsPathFullyQualified);

    private static bool IsProgram(string file) => File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0);
}
