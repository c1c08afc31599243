using System.Xml.Linq;

namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>What test projects share is a project, which knows nothing of the product, so that each of them chooses the builds that it tests.</summary>
public sealed class TestProjectTests
{
    private const string Shared = "ProvableSec.Tests.Shared";

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Repository.Path("tests"), "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_file_is_compiled_into_two_of_them(string project) =>
        Assert.DoesNotContain(Included(project, "Compile"), file => file.Contains(".Tests/", StringComparison.Ordinal)
            || file.Contains("Shared/", StringComparison.Ordinal));

    [Fact]
    public void What_they_share_refers_to_no_project() => Assert.Empty(Included($"tests/{Shared}/{Shared}.csproj", "ProjectReference"));

    /// <summary>How ./test.sh and tests/Directory.Build.props tell them apart.</summary>
    [Fact]
    public void Every_project_of_tests_but_that_is_called_so() => Assert.Equal(
        [$"tests/{Shared}/{Shared}.csproj"],
        Projects.Select(project => project.Data).Where(project => !project.EndsWith(".Tests.csproj", StringComparison.Ordinal)));

    private static IEnumerable<string> Included(string project, string items) =>
        XDocument.Load(Repository.Path(project)).Descendants(items).Select(item => (string)item.Attribute("Include")!);
}
