using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>Writes the hooks <c>pre-commit</c>, <c>pre-merge-commit</c> and <c>commit-msg</c>.</summary>
internal sealed class HookInstaller(CommandConsole console)
{
    private const string Mark = "# Installed by provablesec install-hook.";

    private static readonly (string Name, string Command)[] Hooks =
    [
        ("pre-commit", "scan --staged"),
        // A merge without conflicts asks this one instead.
        ("pre-merge-commit", "scan --staged"),
        ("commit-msg", "scan --commit-message \"$1\""),
    ];

    /// <summary>Installs them.</summary>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="force">Whether a hook of somebody else may be replaced.</param>
    /// <param name="allowOutside">Whether the hooks may lie outside of the repository.</param>
    public int Install(string folder, bool force, bool allowOutside)
    {
        var git = new GitCommand(folder);
        if (!Directory.Exists(folder) || git.Text("rev-parse", "--git-path", "hooks") is not { } path)
        {
            return Refuse($"{folder} is not a repository that the git command can read.");
        }

        try
        {
            string hooks = Path.Combine(git.Folder, path.TrimEnd('\n', '\r'));
            if (!allowOutside && !IsOfRepository(git, hooks))
            {
                return Refuse(
                    $"the hooks of this repository lie outside of it, in {hooks} (core.hooksPath), and may be those of others too; --allow-outside installs "
                        + $"there.");
            }

            foreach ((string name, string _) in Hooks)
            {
                string file = Path.Combine(hooks, name);
                if (!force && File.Exists(file) && !IsOurs(file))
                {
                    return Refuse(
                        $"{file} exists and is not ours; add 'provablesec {Hooks.Single(hook => hook.Name == name).Command}' to it, or replace it with "
                            + $"--force.");
                }
            }

            foreach ((string name, string run) in Hooks)
            {
                string file = Path.Combine(hooks, name);
                OutputFile.Write(file, Script(run), isExecutable: true);
                console.OutputText.WriteLine(file);
            }

            return ExitCodes.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse($"the hooks cannot be written: {e.Message}");
        }
    }

    private static bool IsOurs(string file)
    {
        using var text = new StreamReader(InputFile.Open(file, out _));
        return text.ReadToEnd().Contains(Mark, StringComparison.Ordinal);
    }

    /// <summary>Whether a folder lies in the working tree or in the repository's own folder, which a linked working tree has elsewhere.</summary>
    private static bool IsOfRepository(GitCommand git, string hooks) =>
        RealPath.Of(hooks) is { } place
        && new[] { ".", git.Text("rev-parse", "--git-common-dir")?.TrimEnd('\n', '\r') ?? "." }
            .Any(own => RealPath.Of(Path.Combine(git.Folder, own)) is { } folder && RealPath.IsInside(place, folder));

    /// <summary>The version that the repository's tool manifest names goes before one that is installed for the user. Where neither is, the commit
    /// stops.</summary>
    private static string Script(string run) =>
        $"""
        #!/bin/sh
        {Mark}
        if grep -qs '"provablesec' .config/dotnet-tools.json dotnet-tools.json || ! command -v provablesec > /dev/null; then
            exec dotnet provablesec {run}
        fi
        exec provablesec {run}

        """.ReplaceLineEndings("\n");

    private int Refuse(string why)
    {
        console.Error.WriteLine("provablesec: " + Printable.Clean(why));
        return ExitCodes.BadInput;
    }
}
