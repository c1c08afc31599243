using System.Reflection;

namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>Where the sources and the built libraries of this very build are.</summary>
internal static class Repository
{
    public static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value
        ?? throw new InvalidOperationException("the build left no RepositoryRoot");

    private static readonly Dictionary<string, string> ProjectFiles = new[] { "reasoning", "rules" }
        .SelectMany(folder => Directory.GetFiles(System.IO.Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(file => System.IO.Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The libraries of <c>reasoning/</c> and <c>rules/</c>, found and not listed, so that a new one is tested too.</summary>
    public static IEnumerable<string> Libraries() => ProjectFiles.Keys.Order(StringComparer.Ordinal);

    public static string ProjectFile(string project) => ProjectFiles[project];

    /// <summary>Both frameworks is what the folder's <c>Directory.Build.props</c> says; a project may say otherwise.</summary>
    public static bool IsForBothFrameworks(string project) => !File.ReadAllText(ProjectFile(project)).Contains("<TargetFramework", StringComparison.Ordinal);

    public static string Assembly(string project, string targetFramework)
    {
        // …/bin/<Configuration>/net10.0/: the configuration this test was built in.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ProjectFile(project))!, "bin", configuration, targetFramework, project + ".dll");
    }
}
