using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Packages;

/// <summary>What the packages say of where they come from, and of what others made that is in them.</summary>
public sealed class BillOfMaterialsTests : IDisposable
{
    private const string Tool = "tool/ProvableSec.Tool/ProvableSec.Tool.csproj", Analyzers =
        "analyzers/ProvableSec.Analyzers.Package/ProvableSec.Analyzers.Package.csproj";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_command_lists_each_package_that_it_is_installed_with()
    {
        JsonElement[] components = ComponentsOf(Tool, "provablesec", "application");
        using JsonDocument installed = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "provablesec.deps.json")));
        IEnumerable<string> packages = installed.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.Replace('/', '@'));
        Assert.Equal(packages.Order(StringComparer.Ordinal), components.SkipLast(1)
            .Select(component => $"{component.GetProperty("name")}@{component.GetProperty("version")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_notices_name_each_assembly_of_others_beside_the_command()
    {
        using JsonDocument installed = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "provablesec.deps.json")));
        string[] paragraphs = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md")).ReplaceLineEndings("\n").Split("\n\n");
        (string Assembly, string Version)[] shipped =
        [
            .. from library in installed.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
               where !library.Name.StartsWith("ProvableSec", StringComparison.OrdinalIgnoreCase) && library.Value.TryGetProperty("runtime", out _)
               from assembly in library.Value.GetProperty("runtime").EnumerateObject()
               select (Path.GetFileName(assembly.Name), library.Name.Split('/')[1]),
        ];
        Assert.NotEmpty(shipped);
        Assert.All(shipped, one => Assert.Contains(paragraphs, paragraph => paragraph.Contains($"`{one.Assembly}`", StringComparison.Ordinal)
            && paragraph.Contains("version " + one.Version, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_package_of_analyzers_lists_each_assembly_of_others()
    {
        JsonElement[] components = ComponentsOf(Analyzers, "ProvableSec.Analyzers", "library");
        IEnumerable<string> packed = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, Analyzers)), @"\$\(OutputPath\)([\w.]+)\.dll")
            .Select(assembly => assembly.Groups[1].Value)
            .Where(name => !name.StartsWith("ProvableSec.", StringComparison.Ordinal)).Distinct();
        Assert.Equal(packed, components.SkipLast(1).Select(component => component.GetProperty("name").GetString()));
    }

    /// <summary>The commit is known without an address; an address is there when one is given, and none before.</summary>
    [Theory]
    [InlineData("", "", "")]
    [InlineData("https://git.example.com/provablesec", "https://git.example.com/provablesec", "true")]
    public void Packages_name_the_repository_once_there_is_one(string given, string address, string isPublished)
    {
        using JsonDocument evaluated = JsonDocument.Parse(MsBuild(Tool, $"-p:SourceRepositoryUrl={given}", "-getProperty:RepositoryType,RepositoryUrl,PackageProjectUrl,PublishRepositoryUrl,EmbedUntrackedSources,Deterministic"));
        JsonElement properties = evaluated.RootElement.GetProperty("Properties");
        Assert.Equal(
            ("git", address, address, isPublished, "true", "true"),
            (Of("RepositoryType"), Of("RepositoryUrl"), Of("PackageProjectUrl"), Of("PublishRepositoryUrl"), Of("EmbedUntrackedSources"), Of("Deterministic")));

        string? Of(string name) => properties.GetProperty(name).GetString();
    }

    public void Dispose() => folder.Dispose();

    private JsonElement[] ComponentsOf(string project, string package, string type)
    {
        string file = folder[package + ".json"], items = MsBuild(project, "-t:WriteSbom", $"-p:SbomFile={file}", "-getItem:None");
        JsonElement packed = Assert.Single(JsonDocument.Parse(items).RootElement.GetProperty("Items").GetProperty("None").EnumerateArray(),
            item => item.GetProperty("Identity").GetString() == file);
        Assert.Equal(("true", "/"), (packed.GetProperty("Pack").GetString(), packed.GetProperty("PackagePath").GetString()));

        JsonElement bill = JsonDocument.Parse(File.ReadAllText(file)).RootElement, whole = bill.GetProperty("metadata").GetProperty("component");
        Assert.Equal(("CycloneDX", "1.6", package, type), (bill.GetProperty("bomFormat").GetString(), bill.GetProperty("specVersion").GetString(),
            whole.GetProperty("name").GetString(), whole.GetProperty("type").GetString()));
        JsonElement[] components = [.. bill.GetProperty("components").EnumerateArray()];
        Assert.All(components.SkipLast(1), component =>
        {
            Assert.Equal($"pkg:nuget/{component.GetProperty("name")}@{component.GetProperty("version")}", component.GetProperty("purl").GetString());
            Assert.Matches("^[0-9A-F]{128}$", Assert.Single(component.GetProperty("hashes").EnumerateArray()).GetProperty("content").GetString()!);
        });

        // The service data, in the version that the notices describe.
        Assert.Equal("data", components[^1].GetProperty("type").GetString());
        Assert.Contains($"`{components[^1].GetProperty("name")}`, version {components[^1].GetProperty("version")}:",
            File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md")), StringComparison.Ordinal);
        return components;
    }

    private static string MsBuild(string project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-nologo", "-p:Configuration=Release",
            .. arguments])
        { RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(variable => variable.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using Process run = Process.Start(start)!;
        string output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, output);
        return output;
    }
}
