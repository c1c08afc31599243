using ProvableSec.Tool.Output;

namespace ProvableSec.Tool.Scanning;

/// <summary>Writes the hooks <c>pre-commit</c> and <c>commit-msg</c>, as git-secrets does.</summary>
internal sealed class HookInstaller(CommandConsole console)
{
    private const string Mark = "# Installed by provablesec install-hook.";

    private static readonly (string Name, string Command)[] Hooks =
    [
        ("pre-commit", "exec provablesec scan --staged"),
        ("commit-msg", "exec provablesec scan \"$1\""),
    ];

    /// <summary>Installs them.</summary>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="force">Whether a hook of somebody else may be replaced.</param>
    public int Install(string folder, bool force)
    {
        var git = new GitCommand(folder);
        if (!Directory.Exists(folder) || git.Text("rev-parse", "--git-path", "hooks") is not { } path)
        {
            return Refuse($"{folder} is no repository that the git command can read.");
        }

        try
        {
            string hooks = Path.Combine(git.Folder, path.TrimEnd('\n', '\r'));
            Directory.CreateDirectory(hooks);
            foreach ((string name, string _) in Hooks)
            {
                string file = Path.Combine(hooks, name);
                if (!force && File.Exists(file) && !File.ReadAllText(file).Contains(Mark, StringComparison.Ordinal))
                {
                    return Refuse($"{file} exists and is not ours; add '{Hooks.Single(hook => hook.Name == name).Command[5..]}' to it, or replace it with --force.");
                }
            }

            foreach ((string name, string run) in Hooks)
            {
                string file = Path.Combine(hooks, name);
                File.WriteAllText(file, $"#!/bin/sh\n{Mark}\n{run}\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                }

                console.OutputText.WriteLine(file);
            }

            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse($"the hooks cannot be written: {e.Message}");
        }
    }

    private int Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        return ExitCodes.BadInput;
    }
}
