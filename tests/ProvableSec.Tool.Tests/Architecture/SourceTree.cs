namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>The source files of the repository, as they are written; what builds leave behind is none.</summary>
internal static class SourceTree
{
    private static readonly string[] ProductFolders = ["analyzers", "reasoning", "rules", "runtime", "testing", "tool"];

    private static readonly string[] OtherFolders = ["bench", "eng", "samples", "tests"];

    /// <summary>What is shipped.</summary>
    public static IEnumerable<(string Path, string Text)> Product() => In(ProductFolders);

    /// <summary>What is shipped, and what tests, measures and shows it.</summary>
    public static IEnumerable<(string Path, string Text)> All() => In([.. ProductFolders, .. OtherFolders]);

    private static IEnumerable<(string Path, string Text)> In(IEnumerable<string> folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal)
        .Select(path => (path, File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n")));
}
