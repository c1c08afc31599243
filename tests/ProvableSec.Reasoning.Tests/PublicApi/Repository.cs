using System.Reflection;

namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>Where the sources and the built libraries of this very build are.</summary>
internal static class Repository
{
    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value
        ?? throw new InvalidOperationException("the build left no RepositoryRoot");

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The libraries of <c>reasoning/</c>, found and not listed, so that a new one is tested too.</summary>
    public static IEnumerable<string> ReasoningProjects() =>
        Directory.GetFiles(Path("reasoning"), "*.csproj", SearchOption.AllDirectories).Select(f => System.IO.Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    /// <summary>Both frameworks is what <c>reasoning/Directory.Build.props</c> says; a project may say otherwise.</summary>
    public static bool IsForBothFrameworks(string project) =>
        !File.ReadAllText(Path($"reasoning/{project}/{project}.csproj")).Contains("<TargetFramework", StringComparison.Ordinal);

    public static string Assembly(string project, string targetFramework)
    {
        // …/bin/<Configuration>/net10.0/: the configuration this test was built in.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path(System.IO.Path.Combine("reasoning", project, "bin", configuration, targetFramework, project + ".dll"));
    }
}
