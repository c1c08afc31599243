using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>
/// The parts of <c>docs/commands</c> that are made from the command line: how a command is called, its arguments and its options, between two marks.
/// PROVABLESEC_WRITE_DOCS=1 writes them anew.
/// </summary>
internal static class CommandPage
{
    private const string End = "<!-- from the command line: end -->";

    private static readonly bool Write = Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1";

    /// <summary>The folder of the pages.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "commands");

    /// <summary>The commands of a program that do something, those below a command among them.</summary>
    public static IEnumerable<Command> Leaves(Command command) =>
        HelpText.CommandsOf(command).ToArray() is { Length: > 0 } children ? children.SelectMany(Leaves) : [command];

    /// <summary>What is typed to reach each command, the program itself first: <c>[]</c>, <c>["ask"]</c>, <c>["ask", "who-can"]</c>.</summary>
    public static string[][] Paths()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        return [.. Below(ProvableSecCommand.Root(console)).Select(command => HelpText.PathOf(command).Split(' ')[1..])];

        static IEnumerable<Command> Below(Command command) => HelpText.CommandsOf(command).SelectMany(Below).Prepend(command);
    }

    /// <summary>The page of a command: that of the first command of its path.</summary>
    public static string FileOf(Command command) => Path.Combine(Folder, HelpText.PathOf(command).Split(' ')[1] + ".md");

    /// <summary>Asserts that a page says of a command what the command line does.</summary>
    public static void AssertDescribed(Command command) => AssertGenerated(FileOf(command), HelpText.PathOf(command), Generated(command));

    /// <summary>Asserts that a page has a text between its marks.</summary>
    /// <param name="file">The page.</param>
    /// <param name="name">Which part of it.</param>
    /// <param name="expected">What is there.</param>
    public static void AssertGenerated(string file, string name, string expected)
    {
        string start = $"<!-- from the command line: {name} -->\n", whole = start + "\n" + expected + "\n" + End;
        string page = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : $"# {name}\n";
        var part = new Regex(Regex.Escape(start) + ".*?" + Regex.Escape(End), RegexOptions.Singleline);
        if (Write && !page.Contains(whole, StringComparison.Ordinal))
        {
            page = part.IsMatch(page) ? part.Replace(page, _ => whole) : $"{page}\n{whole}\n";
            File.WriteAllText(file, page);
        }

        Assert.True(page.Contains(whole, StringComparison.Ordinal), $"{Path.GetRelativePath(Repository.Root, file)} does not say of {name} what the command line does; PROVABLESEC_WRITE_DOCS=1 writes it. Expected:\n{whole}");
    }

    private static string Generated(Command command)
    {
        var text = new StringBuilder($"```text\n{HelpText.UsageOf(command)}\n```\n");
        Table(text, "argument", HelpText.ArgumentsOf(command));
        Table(text, "option", HelpText.OptionsOf(command).Where(option => option is not HelpOption).Select(HelpText.Described));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string what, IEnumerable<(string Label, string Description)> rows)
    {
        string lines = string.Concat(rows.Select(row => $"| `{row.Label.Replace("|", "\\|", StringComparison.Ordinal)}` | {Cell(row.Description)} |\n"));
        if (lines.Length > 0)
        {
            text.Append($"\n| {what} | meaning |\n| --- | --- |\n").Append(lines);
        }
    }

    // Stars and underscores would be emphasis, and a tag would be one.
    private static string Cell(string text) => Regex.Replace(text, @"[|*_<>]", match => "\\" + match.Value);
}
