namespace ProvableSec.Tool.CommandLine;

/// <summary>The headings under which help lists the commands of the program.</summary>
internal static class CommandGroups
{
    /// <summary>Where a command is that no heading names.</summary>
    public const string Others = "Other commands";

    private static readonly (string Title, string[] Commands)[] Groups =
    [
        ("Commands for policies", ["verify", "prove", "check", "diff", "ask", "simulate", "certificate", "merge"]),
        ("Commands for credentials", ["scan", "install-hook"]),
        ("Commands for logs and findings", ["trim", "report"]),
    ];

    /// <summary>The commands in the order of the headings, and each with its heading.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<T> Commands)> Of<T>(IReadOnlyList<T> commands, Func<T, string> nameOf)
    {
        foreach ((string title, string[] names) in Groups)
        {
            T[] members = [.. names.SelectMany(name => commands.Where(command => nameOf(command) == name))];
            if (members.Length > 0)
            {
                yield return (title, members);
            }
        }

        T[] others = [.. commands.Where(command => !Groups.Any(group => group.Commands.Contains(nameOf(command))))];
        if (others.Length > 0)
        {
            yield return (Others, others);
        }
    }
}
