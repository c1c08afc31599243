using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>
/// The sessions that README.md, <c>docs</c> and <c>samples</c> show are what a shell prints: each block of the kind <c>console FOLDER</c> is run in a copy of
/// that folder of the repository.
/// A line "…" stands for any lines, "~/FOLDER" for where the copy is, and times differ. PROVABLESEC_WRITE_DOCS=1 writes what is printed now.
/// </summary>
public sealed partial class RecordedRunTests
{
    private const string Mark = "\u0001", Ellipsis = "…";

    private static readonly bool Write = Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1";

    public static TheoryData<string> Pages() =>
        [.. new[] { "docs", "samples" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md",
            SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Where(file => Block().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_recorded_session_prints_what_the_page_shows(string page)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sessions of a shell");
        string file = Path.Combine(Repository.Root, page);
        foreach (Match block in Block().Matches(File.ReadAllText(file)))
        {
            string shown = block.Groups["session"].Value, printed = Session(block.Groups["folder"].Value, Commands(shown));
            if (!Shown(shown).IsMatch(Comparable(printed)))
            {
                Assert.True(Write, $"{page}: PROVABLESEC_WRITE_DOCS=1 writes what is printed now:\n{printed}\nShown:\n{shown}");
                string written = block.Value.Replace(shown, printed, StringComparison.Ordinal);
                GeneratedPage.Change(file, now => now.Replace(block.Value, written, StringComparison.Ordinal));
            }
        }
    }

    [GeneratedRegex(@"^```console (?<folder>[\w./-]+)\n(?<session>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s*\b\d+(\.\d+)? ?(µs|ms|s)\b")]
    private static partial Regex Times();

    private static string[] Commands(string session) =>
        [.. Regex.Matches(session, @"^\$ (?<line>(.*\\\n)*.*)$", RegexOptions.Multiline).Select(line => line.Groups["line"].Value)];

    private static string Comparable(string text) => string.Join('\n', text.Split('\n').Select(line => Times().Replace(line, " T").TrimEnd()));

    private static Regex Shown(string session) =>
        new(@"\A" + Regex.Escape(Comparable(session)).Replace("\\n" + Ellipsis + "\\n", @"\n(?:.*\n)*?", StringComparison.Ordinal) + @"\z");

    /// <summary>What a terminal shows when the commands are typed one after another.</summary>
    private static string Session(string folder, string[] commands)
    {
        using var copy = new TemporaryFolder();
        string source = Path.Combine(Repository.Root, folder);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            copy.Write(Path.GetRelativePath(source, file), File.ReadAllText(file));
        }

        var script = new StringBuilder("provablesec() { dotnet \"$PROVABLESEC\" \"$@\"; }\nstatus=0\n");
        foreach (string command in commands)
        {
            script.Append($"printf '{Mark}'; (exit $status)\n{command}\nstatus=$?\n");
        }

        var start = new ProcessStartInfo("bash", ["-c", "exec 2>&1; eval \"$SCRIPT\""])
        {
            WorkingDirectory = copy["."],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["SCRIPT"] = script.ToString();
        start.Environment["PROVABLESEC"] = typeof(ProvableSecCommand).Assembly.Location;
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        string[] outputs = shell.StandardOutput.ReadToEnd().Split(Mark)[1..];
        shell.WaitForExit();
        string session =
            string.Concat(commands.Zip(outputs, (command, output) => $"$ {command}\n{(output.Length == 0 || output.EndsWith('\n') ? output : output + "\n")}"));
        return session.Replace(copy[""].TrimEnd(Path.DirectorySeparatorChar), "~/" + Path.GetFileName(folder), StringComparison.Ordinal);
    }
}
