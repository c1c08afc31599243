using System.Reflection;

namespace ProvableSec.Corpus.Tests;

/// <summary>The third-party data beside the repository; see its README for what it is and under which licences.</summary>
internal static class SharedData
{
    private static readonly string Repository =
        typeof(SharedData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository, "..", "shared"));

    public static bool Exists => Directory.Exists(Root);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>Our own data, in the repository itself.</summary>
    public static string InRepository(string relative) => System.IO.Path.Combine(Repository, relative);
}
