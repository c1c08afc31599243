using System.CommandLine;
using System.CommandLine.Help;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>The commands of the program.</summary>
internal static class CommandTree
{
    /// <summary>The commands that do something, those below a command among them.</summary>
    public static IEnumerable<Command> Leaves(Command command) =>
        HelpText.CommandsOf(command).ToArray() is { Length: > 0 } children ? children.SelectMany(Leaves) : [command];

    /// <summary>What is typed to reach each command, the program itself first: <c>[]</c>, <c>["ask"]</c>, <c>["ask", "who-can"]</c>.</summary>
    public static string[][] Paths()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null);
        return [.. Below(ProvableSecCommand.Root(console)).Select(command => HelpText.PathOf(command).Split(' ')[1..])];

        static IEnumerable<Command> Below(Command command) => HelpText.CommandsOf(command).SelectMany(Below).Prepend(command);
    }

    /// <summary>Asserts that the page of a command says of it what the command line does.</summary>
    public static void AssertDescribed(Command command) => CommandPage.AssertDescribed(
        HelpText.PathOf(command),
        HelpText.UsageOf(command),
        HelpText.ArgumentsOf(command),
        HelpText.OptionsOf(command).Where(option => option is not HelpOption).Select(HelpText.Described));
}
