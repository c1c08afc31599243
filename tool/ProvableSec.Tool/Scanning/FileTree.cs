using System.IO.Enumeration;

namespace ProvableSec.Tool.Scanning;

/// <summary>The files below a path. Links are not followed: what they lead to is scanned where it is, and loops cannot arise.</summary>
internal sealed class FileTree(bool ignoreFiles, ScanTally tally)
{
    // Links are told from what the folder itself says: no look at each file.
    private static readonly EnumerationOptions NoLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, ReturnSpecialDirectories = false, IgnoreInaccessible = false };

    /// <summary>A file to scan.</summary>
    /// <param name="FullPath">Where it is.</param>
    /// <param name="Name">What messages call it.</param>
    /// <param name="Path">Its path from the root of the repository, or of the scan if it lies in none.</param>
    public readonly record struct Entry(string FullPath, string Name, string Path);

    /// <summary>The files below one argument of the command line.</summary>
    /// <param name="argument">A file or folder that exists.</param>
    public IEnumerable<Entry> Files(string argument)
    {
        string full = Path.GetFullPath(argument);
        bool isFolder = Directory.Exists(full);
        string root = RepositoryRoot(isFolder ? full : Path.GetDirectoryName(full)!) ?? (isFolder ? full : Path.GetDirectoryName(full)!);
        string relative = Path.GetRelativePath(root, full).Replace('\\', '/');
        relative = relative == "." ? "" : relative;
        if (!isFolder)
        {
            // Named, so wanted, whatever an ignore file says.
            return [new Entry(full, argument.Replace('\\', '/'), relative)];
        }

        string prefix = argument.Replace('\\', '/').TrimEnd('/');
        prefix = prefix is "." or "" && argument != "/" ? "" : prefix + "/";
        return Walk(root, relative, prefix, ignoreFiles ? IgnoreRules.At(root, relative) : IgnoreRules.None);
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
        var folders = new Stack<(string Relative, string Name, IgnoreRules Rules)>();
        folders.Push((relative, prefix, rules));
        while (folders.TryPop(out (string Relative, string Name, IgnoreRules Rules) folder))
        {
            string full = Path.Combine(root, folder.Relative);
            foreach ((string name, bool isFolder) in Entries(full))
            {
                string path = folder.Relative.Length == 0 ? name : $"{folder.Relative}/{name}";
                if (name == ".git" || folder.Rules.Ignores(path, isFolder))
                {
                    continue;
                }

                if (isFolder)
                {
                    folders.Push((path, folder.Name + name + "/", ignoreFiles ? folder.Rules.Inside(root, path) : folder.Rules));
                }
                else
                {
                    yield return new Entry(Path.Join(full, name), folder.Name + name, path);
                }
            }
        }
    }

    private (string Name, bool IsFolder)[] Entries(string folder)
    {
        try
        {
            // What has no length is an empty file, or a pipe or device, which would be waited for.
            return
            [
                .. new FileSystemEnumerable<(string, bool)>(folder, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), NoLinks)
                {
                    ShouldIncludePredicate = static (ref FileSystemEntry entry) => entry.IsDirectory || entry.Length > 0,
                },
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Add(ScannedKind.Unreadable, 0);
            return [];
        }
    }
}
