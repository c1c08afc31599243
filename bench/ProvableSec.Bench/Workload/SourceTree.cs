namespace ProvableSec.Bench.Workload;

/// <summary>Source files of C# to scan or compile: a folder given on the command line, or the repository's own.</summary>
/// <param name="root">The folder.</param>
internal sealed class SourceTree(string root)
{
    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>The files below some folders in it, in an order that is always the same; what builds leave behind is not a source.</summary>
    /// <param name="folders">The folders; none for all.</param>
    public IReadOnlyList<string> Files(params string[] folders) =>
    [
        .. (folders.Length == 0 ? [root] : folders.Select(folder => Path.Combine(root, folder)))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];
}
