using System.Reflection;

namespace ProvableSec.Corpus.Tests;

/// <summary>
/// The corpus that may lie beside the repository. It is not part of it: tests of the category "Corpus" are run only where
/// it is, and fail where it is not.
/// </summary>
internal static class SharedData
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared"));

    public static bool Exists => Directory.Exists(Root);

    private static string RepositoryRoot =>
        typeof(SharedData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The path of a file of the corpus, e.g. <c>data/privesc-paths.ndjson</c>.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.Combine(Root, relative);
        Assert.True(File.Exists(path) || Directory.Exists(path), $"The corpus beside the repository has no {relative}.");
        return path;
    }
}
