using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.CommandLine;

/// <summary>
/// The help of a command, the same on a terminal and in a file: at most <see cref="Width"/> columns wide, and a line for each command. The library's own
/// is as wide as its longest list of choices.
/// </summary>
internal static partial class HelpText
{
    /// <summary>How wide the text is at most.</summary>
    public const int Width = 100;

    private const int WidestLabel = 30, WidestChoices = 40;

    public static string Of(Command command)
    {
        var text = new StringBuilder();
        Section(text, "Description", Wrapped(command.Description ?? "", Width - 2).Select(line => "  " + line));
        Section(text, "Usage", ["  " + UsageOf(command)]);
        Section(text, "Arguments", Rows(ArgumentsOf(command)));
        Section(text, "Options", Rows(OptionsOf(command).Select(Described)));
        Command[] children = [.. CommandsOf(command)];
        int names = children.Select(child => child.Name.Length).DefaultIfEmpty().Max();
        foreach ((string title, IReadOnlyList<Command> group) in command is RootCommand && children.Length > 1 ? CommandGroups.Of(children, child => child.Name)
            : [("Commands", children)])
        {
            Section(text, title, Rows(group.Select(child => (child.Name.PadRight(names), child.Description ?? ""))));
        }

        IReadOnlyList<string> examples = command is ExampleCommand { Examples: var own }
            ? own
            : [.. command.Subcommands.OfType<ExampleCommand>().SelectMany(child => child.Examples.Take(1))];
        Section(text, "Examples", examples.SelectMany(Broken));
        return text.ToString();
    }

    /// <summary>The name of a command as it is typed.</summary>
    public static string PathOf(Command command) =>
        command is RootCommand ? "provablesec" : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";

    /// <summary>The options that a command takes, those of the commands above it among them.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive)).Where(option => !option.Hidden);

    /// <summary>The commands below a command.</summary>
    public static IEnumerable<Command> CommandsOf(Command command) => command.Subcommands.Where(child => !child.Hidden);

    /// <summary>The arguments of a command: what they are called, and what they mean.</summary>
    public static IEnumerable<(string Label, string Description)> ArgumentsOf(Command command) =>
        command.Arguments.Select(argument =>
            ($"<{argument.Name}>", argument.Description + Default(argument.HasDefaultValue ? argument.GetDefaultValue() : null)));

    /// <summary>An option: how it is written, and what it means.</summary>
    public static (string Label, string Description) Described(Option option)
    {
        string[] choices = [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
        bool inLabel = string.Join('|', choices).Length <= WidestChoices, needsNoValue = NeedsNoValue(option);
        return (LabelOf(option, inLabel ? choices : []), option.Description
            + (needsNoValue || inLabel || option.HelpName is not null ? "" : $": {string.Join(", ", choices)}")
            + (option.Required ? " [required]" : "")
            + Default(option switch { IDefaultInWords words => words.Default, { HasDefaultValue: true } => option.GetDefaultValue(), _ => null }));
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            text.Append(title).Append(":\n").AppendJoin('\n', all).Append("\n\n");
        }
    }

    /// <summary>How a command is called.</summary>
    public static string UsageOf(Command command)
    {
        var usage = new StringBuilder(PathOf(command));
        if (command.Subcommands.Count > 0)
        {
            usage.Append(" <command>");
        }

        foreach (Argument argument in command.Arguments)
        {
            string many = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
            usage.Append(argument.Arity.MinimumNumberOfValues == 0 ? $" [<{argument.Name}>{many}]" : $" <{argument.Name}>{many}");
        }

        return usage.Append(" [options]").ToString();
    }

    private static string LabelOf(Option option, string[] choices)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).Distinct().Where(name => name[0] == '-').OrderBy(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal));
        return NeedsNoValue(option) ? names
            : $"{names} <{option.HelpName ?? (choices.Length == 0 ? option.Name.TrimStart('-').ToUpperInvariant() : string.Join('|', choices))}>";
    }

    private static bool NeedsNoValue(Option option) => option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool);

    private static string Default(object? value) => value is null or false or "" or Array { Length: 0 } ? "" : $" [default: {value}]";

    private static IEnumerable<string> Rows(IEnumerable<(string Label, string Description)> rows)
    {
        (string Label, string Description)[] all = [.. rows];
        int column = all.Length == 0 ? 0 : Math.Min(WidestLabel, all.Max(row => row.Label.Length)) + 4;
        foreach ((string label, string description) in all)
        {
            string start = ("  " + label).PadRight(column);
            if (start.TrimEnd().Length > column - 2)
            {
                yield return start.TrimEnd();
                start = new string(' ', column);
            }

            foreach (string line in Wrapped(description, Width - column))
            {
                yield return (start + line).TrimEnd();
                start = new string(' ', column);
            }
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string rest = text;
        while (rest.Length > width && rest.LastIndexOf(' ', width) is > 0 and var at)
        {
            yield return rest[..at];
            rest = rest[(at + 1)..];
        }

        yield return rest;
    }

    /// <summary>An example, broken before options as a shell takes it where it is too wide.</summary>
    private static IEnumerable<string> Broken(string example)
    {
        string line = "  ";
        foreach (string part in OptionStart().Split(example))
        {
            if (line.Length > 2 && line.Length + part.Length + 3 > Width)
            {
                yield return line + " \\";
                line = "      " + part;
            }
            else
            {
                line += (line.Length > 2 ? " " : "") + part;
            }
        }

        yield return line;
    }

    [GeneratedRegex(" (?=--)")]
    private static partial Regex OptionStart();
}
