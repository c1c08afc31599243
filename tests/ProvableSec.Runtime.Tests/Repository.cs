using System.Reflection;

namespace ProvableSec.Runtime.Tests;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);
}
