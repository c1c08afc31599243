using System.CommandLine;
using ProvableSec.Tool.CommandLine;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Scan;

/// <summary><c>install-hook [FOLDER]</c>: git asks <c>scan</c> before every commit.</summary>
internal static class InstallHookCommand
{
    public static Command Create(CommandConsole console)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "A folder in the repository",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "."
        };
        var force = new Option<bool>("--force") { Description = "Replace hooks that something else has installed" };
        Option<bool> allowOutside = AllowOutsideOption.Create("The folder of the hooks (core.hooksPath)");
        var command = new ExampleCommand("install-hook", "Makes git scan for credentials before every commit", "provablesec install-hook") { folder, force,
            allowOutside };
        command.SetAction(result => new HookInstaller(console).Install(result.GetRequiredValue(folder), result.GetValue(force), result.GetValue(allowOutside)));
        return command;
    }
}
