
namespace ProvableSec.Tool.Files;

/// <summary>What git tracks in a repository: patterns of ignore files do not concern it (gitignore(5)). Git is asked once, when something is ignored.</summary>
internal sealed class TrackedFiles(string root, IFileTreeReport? report)
{
    private readonly Lazy<HashSet<string>> paths = new(() => Read(root, report));

    /// <summary>Whether a file is tracked, or something below a folder.</summary>
    /// <param name="relative">Its path from the root, with slashes.</param>
    public bool Contains(string relative) => paths.Value.Contains(relative);

    /// <summary>Whether a folder, where it is or where a link leads, holds files that a repository around it tracks.</summary>
    public static bool AreIn(string folder) => ((string?[])[Path.GetFullPath(folder), RealPath.Of(Path.GetFullPath(folder))]).OfType<string>().Distinct()
        .Any(path =>
        FileTree.RepositoryRoot(path) is { } root
        && Path.GetRelativePath(root, path).Replace('\\', '/') is var relative
        && (relative == "." ? Read(root, null).Count > 0 : new TrackedFiles(root, null).Contains(relative)));

    private static HashSet<string> Read(string root, IFileTreeReport? report)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (!Path.Exists(Path.Combine(root, ".git")))
        {
            return known;
        }

        if (new GitCommand(root).Text("ls-files", "-z", "--cached") is not { } listed)
        {
            report?.Note($"git cannot list what it tracks in {root}; tracked files that .gitignore matches are not scanned (--no-ignore scans them).");
            return known;
        }

        foreach (string path in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            known.Add(path);
            for (int slash = path.LastIndexOf('/'); slash > 0 && known.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
            {
            }
        }

        return known;
    }
}
