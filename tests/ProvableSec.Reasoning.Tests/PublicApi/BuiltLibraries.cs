namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>Where the projects and the built libraries of this very build are.</summary>
internal static class BuiltLibraries
{
    private static readonly Dictionary<string, string> ProjectFiles = new[] { "reasoning", "rules" }
        .SelectMany(folder => Directory.GetFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);

    /// <summary>The libraries of <c>reasoning/</c> and <c>rules/</c>, found and not listed, so that a new one is tested too.</summary>
    public static IEnumerable<string> All() => ProjectFiles.Keys.Order(StringComparer.Ordinal);

    public static string ProjectFile(string project) => ProjectFiles[project];

    /// <summary>Both frameworks is what the folder's <c>Directory.Build.props</c> says; a project may say otherwise.</summary>
    public static bool IsForBothFrameworks(string project) => !File.ReadAllText(ProjectFile(project)).Contains("<TargetFramework", StringComparison.Ordinal);

    public static string Assembly(string project, string targetFramework)
    {
        // …/bin/<Configuration>/net10.0/: the configuration this test was built in.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Path.GetDirectoryName(ProjectFile(project))!, "bin", configuration, targetFramework, project + ".dll");
    }
}
