using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Init;

/// <summary><c>init [FOLDER]</c>: a configuration from what is in a repository.</summary>
internal static class InitCommand
{
    public static Command Create(CommandConsole console)
    {
        Argument<string> folder = new("FOLDER")
        {
            Description = "Where to look for policies, templates, account dumps, plans and the organization",
            HelpName = "FOLDER",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ".",
        };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "Where to write the configuration and, beside it, its page (default: provablesec.json in the folder)"
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the configuration without writing anything" };
        var command = new ExampleCommand(
            "init",
            "Writes a provablesec.json for what it finds in a repository",
            "provablesec init",
            "provablesec init infrastructure --output infrastructure/provablesec.json",
            "provablesec init --dry-run")
        {
            folder, output, dryRun,
        };
        command.SetAction(result => new InitRun(console, result.GetRequiredValue(folder), result.GetValue(output), result.GetValue(dryRun)).Run());
        return command;
    }
}
