using System.Text;
using System.Text.RegularExpressions;

namespace ProvableSec.Tests;

/// <summary>
/// The parts of <c>docs/commands</c> that are made from the command line: how a command is called, its arguments and its options, between two marks.
/// PROVABLESEC_WRITE_DOCS=1 writes them anew.
/// </summary>
public static partial class CommandPage
{
    private const string End = "<!-- from the command line: end -->";

    private static readonly bool Write = Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1";

    /// <summary>The folder of the pages.</summary>
    public static string Folder { get; } = Repository.Path("docs/commands");

    /// <summary>The page of a command: that of the first command of its path.</summary>
    /// <param name="path">What is typed to reach it, the program itself first.</param>
    public static string FileOf(string path) => Path.Combine(Folder, path.Split(' ')[1] + ".md");

    /// <summary>Asserts that a page says of a command what the command line does.</summary>
    /// <param name="path">What is typed to reach it.</param>
    /// <param name="usage">How it is called.</param>
    /// <param name="arguments">Its arguments, each with what it means.</param>
    /// <param name="options">Its options but for the one for help.</param>
    public static void AssertDescribed(
        string path, string usage, IEnumerable<(string Label, string Description)> arguments, IEnumerable<(string Label, string Description)> options)
    {
        var text = new StringBuilder($"```text\n{usage}\n```\n");
        Table(text, "argument", arguments);
        Table(text, "option", options);
        AssertGenerated(FileOf(path), path, text.ToString());
    }

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
            page = GeneratedPage.Change(file, text => text.ReplaceLineEndings("\n") is { Length: > 0 } now
                ? part.IsMatch(now) ? part.Replace(now, _ => whole) : $"{now}\n{whole}\n"
                : $"# {name}\n\n{whole}\n");
        }

        Assert.True(
            page.Contains(whole, StringComparison.Ordinal),
            $"{Path.GetRelativePath(Repository.Root, file)} does not say of {name} what the command line does; PROVABLESEC_WRITE_DOCS=1 writes it. Expected:\n"
                + whole);
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
    private static string Cell(string text) => Marks().Replace(text, match => "\\" + match.Value);

    [GeneratedRegex(@"[|*_<>]")]
    private static partial Regex Marks();
}
