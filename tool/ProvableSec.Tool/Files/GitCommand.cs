using System.ComponentModel;
using System.Diagnostics;
using ProvableSec.SmtLib;

namespace ProvableSec.Tool.Files;

/// <summary>
/// Runs the <c>git</c> command, which reads every repository that there is. It starts no program that a repository's configuration names, asks no other
/// machine, and
/// writes nothing. Nothing it prints on its error stream is shown: it could quote a file.
/// </summary>
internal sealed class GitCommand
{
    // What git would start while it reads. What it starts while it compares is left out by options of that command.
    private static readonly string[] NoPrograms =
    [
        "core.fsmonitor=false", "core.sshCommand=false", "core.gitProxy=none", "core.alternateRefsCommand=false", "credential.helper=", "gpg.program=false",
            "protocol.allow=never",
    ];

    private static readonly (string Name, string Value)[] Variables =
    [
        // An object that a partial clone has left behind is missing; versions before 2.45 know only that they may ask nobody.
        ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none"), ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        // Objects are read as they are stored, not as something that stands in for them.
        ("GIT_NO_REPLACE_OBJECTS", "1"),
    ];

    private readonly string bareRepositories;

    /// <summary>Prepares to read the repository that a folder lies in.</summary>
    /// <param name="folder">Any folder of it.</param>
    public GitCommand(string folder)
    {
        // Git would take a folder that looks like a bare repository for one, with its configuration; such a folder can be committed. The repository around it
        // counts.
        string full = Path.GetFullPath(folder);
        Folder = FileTree.RepositoryRoot(full) ?? full;
        bareRepositories = "safe.bareRepository=" + (IsBareRepository(Folder) && !Path.Exists(Path.Combine(Folder, ".git")) ? "all" : "explicit");
    }

    /// <summary>Where it runs: the top of the repository's working tree, if it has one.</summary>
    public string Folder { get; }

    /// <summary>Runs git and hands over its output.</summary>
    /// <param name="input">What it reads, a line each.</param>
    /// <param name="read">Takes the output to its end.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>Whether git ran and had no complaint.</returns>
    public bool Run(IEnumerable<string> input, Action<Stream> read, params string[] arguments)
    {
        string[] settings = [.. NoPrograms.Append(bareRepositories).SelectMany(setting => (string[])["-c", setting])];
        if (InstalledProgram.Describe("git", ["-C", Folder, "--no-pager", .. settings, .. arguments]) is not { } start)
        {
            return false;
        }

        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            // Both ends at once, or a full pipe on either side stops all.
            Task writing = Task.Run(() =>
            {
                try
                {
                    foreach (string line in input)
                    {
                        process.StandardInput.Write(line + "\n");
                    }

                    process.StandardInput.Close();
                }
                catch (IOException)
                {
                    // It ended early; its exit code tells.
                }
            });
            read(process.StandardOutput.BaseStream);
            process.WaitForExit();
            writing.Wait();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // No program after all.
            return false;
        }
    }

    /// <summary>The output as text; null when git failed.</summary>
    public string? Text(params string[] arguments)
    {
        string text = "";
        return Run([], stream => text = new StreamReader(stream).ReadToEnd(), arguments) ? text : null;
    }

    private static bool IsBareRepository(string folder) =>
        File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"));
}
