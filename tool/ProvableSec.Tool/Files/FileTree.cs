using System.IO.Enumeration;

namespace ProvableSec.Tool.Files;

/// <summary>The files below a path. Links are not followed: what they lead to is scanned where it is, and loops cannot arise.</summary>
internal sealed class FileTree(bool ignoreFiles, IFileTreeReport? report = null)
{
    // Links are told from what the folder itself says: no look at each file.
    private static readonly EnumerationOptions NoLinks = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        ReturnSpecialDirectories = false,
        IgnoreInaccessible = false
    };

    /// <summary>A file to scan.</summary>
    /// <param name="FullPath">Where it is.</param>
    /// <param name="Name">What messages call it.</param>
    /// <param name="Path">Its path from the root of the repository, or of the scan if it lies in none.</param>
    /// <param name="IsNamed">Whether the command line names it: what is wanted and cannot be read is an error.</param>
    public readonly record struct Entry(string FullPath, string Name, string Path, bool IsNamed);

    /// <summary>The files below one argument of the command line.</summary>
    /// <param name="argument">A file or folder that exists, or <c>-</c>.</param>
    public IEnumerable<Entry> Files(string argument)
    {
        if (argument == InputFile.StandardInputName)
        {
            return [new Entry(argument, argument, argument, IsNamed: true)];
        }

        string full = Path.GetFullPath(argument);
        if (!Directory.Exists(full))
        {
            // Named, so wanted, whatever an ignore file says.
            return [new Entry(full, argument.Replace('\\', '/'), FromRoot(argument), IsNamed: true)];
        }

        string root = RepositoryRoot(full) ?? full;
        string relative = Path.GetRelativePath(root, full).Replace('\\', '/');
        relative = relative == "." ? "" : relative;

        string prefix = argument.Replace('\\', '/').TrimEnd('/');
        prefix = prefix is "." or "" && argument != "/" ? "" : prefix + "/";
        return Walk(root, relative, prefix, ignoreFiles ? IgnoreRules.At(root, relative, report) : IgnoreRules.None);
    }

    /// <summary>The path of a file from the root of its repository, or its name if it lies in none.</summary>
    public static string FromRoot(string file)
    {
        string full = Path.GetFullPath(file), folder = Path.GetDirectoryName(full) ?? full;
        return Path.GetRelativePath(RepositoryRoot(folder) ?? folder, full).Replace('\\', '/');
    }

    /// <summary>The folder with <c>.git</c> at or above a folder.</summary>
    public static string? RepositoryRoot(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            // A file in a worktree or submodule.
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }

    private IEnumerable<Entry> Walk(string root, string relative, string prefix, IgnoreRules rules)
    {
        var folders = new Stack<(string Relative, string Name, IgnoreRules Rules, Repository Repository, bool IsIgnored)>();
        folders.Push((relative, prefix, rules, new Repository(new TrackedFiles(root, report), ""), false));
        while (folders.TryPop(out (string Relative, string Name, IgnoreRules Rules, Repository Repository, bool IsIgnored) folder))
        {
            string full = Path.Combine(root, folder.Relative);
            (string Name, bool IsFolder)[] entries = Entries(full, folder.Name, isNamed: folder.Relative == relative);
            Repository repository = folder.Relative.Length > 0 && Array.Exists(entries, entry => entry.Name == ".git")
                ? new Repository(new TrackedFiles(full, report), folder.Relative + "/")
                : folder.Repository;
            foreach ((string name, bool isFolder) in entries)
            {
                string path = folder.Relative.Length == 0 ? name : $"{folder.Relative}/{name}";
                bool isIgnored = folder.IsIgnored || folder.Rules.Ignores(path, isFolder);
                if (name == ".git" || (isIgnored && !repository.Tracks(path)))
                {
                    continue;
                }

                if (isFolder)
                {
                    folders.Push((path, folder.Name + name + "/", ignoreFiles ? folder.Rules.Inside(root, path) : folder.Rules, repository, isIgnored));
                }
                else
                {
                    yield return new Entry(Path.Join(full, name), folder.Name + name, path, IsNamed: false);
                }
            }
        }
    }

    private (string Name, bool IsFolder)[] Entries(string folder, string name, bool isNamed)
    {
        try
        {
            // What has no length is an empty file, or a pipe or device, which would be waited for.
            return
            [
                .. new FileSystemEnumerable<(string, bool)>(folder, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory),
                    NoLinks)
                {
                    ShouldIncludePredicate = static (ref FileSystemEntry entry) => entry.IsDirectory || entry.Length > 0,
                },
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report?.AddUnreadable();
            if (isNamed)
            {
                report?.Refuse($"{(name.Length == 0 ? "." : name.TrimEnd('/'))} cannot be read: {e.Message}");
            }

            return [];
        }
    }

    /// <summary>The repository that a folder lies in: that of the walk, or one below it.</summary>
    private readonly record struct Repository(TrackedFiles Tracked, string Prefix)
    {
        public bool Tracks(string path) => Tracked.Contains(path[Prefix.Length..]);
    }
}
