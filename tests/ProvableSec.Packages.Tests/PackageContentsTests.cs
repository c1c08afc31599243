using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ProvableSec.Packages.Tests;

/// <summary>What is in each package, and what it says of itself: nothing is missing, and nothing travels that should not.</summary>
public sealed class PackageContentsTests(PackageFeed feed)
{
    private const string NetStandardNeeds = "System.Collections.Immutable 7.0.0, System.Memory 4.5.5";

    private const string Yaml = "18.1.0";

    private static readonly string ThisSystem = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;

    private static readonly string[] OfTheCommand =
    [
        "DotnetToolSettings.xml", "ProvableSec.CertificateChecker.dll", "ProvableSec.Certificates.dll", "ProvableSec.Logs.Proofs.dll", "ProvableSec.Logs.dll",
            "ProvableSec.Policy.dll", "ProvableSec.Reasoning.dll",
        "ProvableSec.Rules.Yaml.dll", "ProvableSec.Rules.dll", "ProvableSec.ServiceData.dll", "ProvableSec.SmtLib.dll", "Spectre.Console.Ansi.dll",
            "Spectre.Console.dll", "System.CommandLine.dll", "YamlDotNet.dll", "ZstdSharp.dll",
        "provablesec.dll",
    ];

    /// <summary>The files of each package, beside its readme, icon and notices.</summary>
    public static readonly TheoryData<string, string[]> Files = new()
    {
        { "ProvableSec.ServiceData", [.. Library("ProvableSec.ServiceData", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Policy", [.. Library("ProvableSec.Policy", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Reasoning", [.. Library("ProvableSec.Reasoning", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Rules", [.. Library("ProvableSec.Rules", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Rules.Yaml", [.. Library("ProvableSec.Rules.Yaml", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Testing", [.. Library("ProvableSec.Testing", "net10.0", "netstandard2.0")] },
        { "ProvableSec.Logs", [.. Library("ProvableSec.Logs", "net10.0")] },
        {
            "ProvableSec.Analyzers",
            [
                .. In("analyzers/dotnet/cs", "ProvableSec.Analyzers.dll", "ProvableSec.CodeFixes.dll", "ProvableSec.Policy.dll", "ProvableSec.Reasoning.dll",
                    "ProvableSec.Rules.dll", "ProvableSec.ServiceData.dll"),
                "bom.json", "build/ProvableSec.Analyzers.targets", "buildTransitive/ProvableSec.Analyzers.targets",
                .. In("config", "none.globalconfig", "recommended.globalconfig", "strict.globalconfig"),
                .. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "rules")).Select(page => "docs/rules/" + Path.GetFileName(page)),
                .. In("tasks/netstandard2.0", "ProvableSec.Build.dll", "ProvableSec.Policy.dll", "ProvableSec.Reasoning.dll", "ProvableSec.Rules.Yaml.dll",
                    "ProvableSec.Rules.dll", "ProvableSec.ServiceData.dll", "YamlDotNet.dll"),
            ]
        },
        { "ProvableSec.Templates",
            [.. In("content/provablesec-tests", ".template.config/template.json", "PolicyTests.csproj", "RoleTests.cs", "global.json",
            "policies/regions.scp.json", "policies/role.json")] },
        { "provablesec", ["tools/any/any/DotnetToolSettings.xml"] },
        { $"provablesec.{ThisSystem}", [.. OfTheCommandFor(ThisSystem)] },
        { "provablesec.any", [.. OfTheCommandFor("any")] },
        { "provablesec-report", ["tools/any/any/DotnetToolSettings.xml"] },
    };

    /// <summary>What each package asks for, by framework.</summary>
    public static readonly TheoryData<string, string> Dependencies = new()
    {
        { "ProvableSec.ServiceData", $"net10.0: ; netstandard2.0: {NetStandardNeeds}" },
        { "ProvableSec.Policy", $"net10.0: ProvableSec.ServiceData [own]; netstandard2.0: ProvableSec.ServiceData [own], {NetStandardNeeds}" },
        { "ProvableSec.Reasoning", $"net10.0: ProvableSec.Policy [own], ProvableSec.ServiceData [own]; netstandard2.0: ProvableSec.Policy [own], ProvableSec.ServiceData [own], {NetStandardNeeds}" },
        { "ProvableSec.Rules", $"net10.0: ProvableSec.Reasoning [own]; netstandard2.0: ProvableSec.Reasoning [own], {NetStandardNeeds}" },
        { "ProvableSec.Rules.Yaml", $"net10.0: ProvableSec.Rules [own], YamlDotNet {Yaml}; netstandard2.0: ProvableSec.Rules [own], {NetStandardNeeds}, YamlDotNet {Yaml}" },
        {
            "ProvableSec.Testing",
            "net10.0: ProvableSec.Reasoning [own], ProvableSec.Rules.Yaml [own], ProvableSec.Rules [own]; "
                + $"netstandard2.0: ProvableSec.Reasoning [own], ProvableSec.Rules.Yaml [own], ProvableSec.Rules [own], {NetStandardNeeds}"
        },
        { "ProvableSec.Logs", "net10.0: " },
        { "ProvableSec.Analyzers", "" },
        { "ProvableSec.Templates", "" },
        { "provablesec", "" },
        { "provablesec-report", "" },
    };

    [Fact]
    public void These_packages_are_packed_and_no_others() => Assert.Equal(
        [.. Files.Select(row => row.Data.Item1).Append($"provablesec-report.{ThisSystem}").Order(StringComparer.Ordinal)],
        Directory.GetFiles(feed.Packages).Select(file => Path.GetFileName(file).Replace($".{feed.Version}.nupkg", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_package_holds_what_is_wanted_and_nothing_else(string package, string[] files) =>
        Assert.Equal([.. files.Concat(["README.md", "THIRD-PARTY-NOTICES.md", "icon.png"]).Order(StringComparer.Ordinal)], FilesOf(package));

    [Fact]
    public void The_package_of_reports_for_a_system_holds_the_engine_of_that_system_alone()
    {
        string[] files = FilesOf($"provablesec-report.{ThisSystem}");
        Assert.Equal(
            In($"tools/net10.0/{ThisSystem}", [.. OfTheCommand, "ProvableSec.Analytics.dll", "provablesec-report.dll", "provablesec-report.deps.json",
                "provablesec-report.runtimeconfig.json", "DuckDB.NET.Bindings.dll", "DuckDB.NET.Data.dll", "Apache.Arrow.dll", "Apache.Arrow.Scalars.dll"])
                .Concat(["README.md", "THIRD-PARTY-NOTICES.md", "bom.json", "icon.png"]).Order(StringComparer.Ordinal),
            files.Where(file => !Path.GetFileName(file).Contains("duckdb.", StringComparison.Ordinal)));
        Assert.Single(files, file => Path.GetFileName(file).Contains("duckdb.", StringComparison.Ordinal));
    }

    /// <summary>Half the start of the command is the compiler's otherwise.</summary>
    [Fact]
    public void The_code_of_the_command_is_compiled_ahead_in_the_package_for_a_system_and_not_in_that_for_any()
    {
        foreach (string assembly in OfTheCommand.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)))
        {
            Assert.Equal((assembly, true, false), (assembly, IsCompiledAhead(ThisSystem, assembly), IsCompiledAhead("any", assembly)));
        }

        bool IsCompiledAhead(string system, string assembly)
        {
            using ZipArchive archive = ZipFile.OpenRead(feed.FileOf($"provablesec.{system}"));
            var content = new MemoryStream();
            using (Stream packed = archive.GetEntry($"tools/net10.0/{system}/{assembly}")!.Open())
            {
                packed.CopyTo(content);
            }

            content.Position = 0;
            using var image = new PEReader(content);
            return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }
    }

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void A_package_says_what_it_is_and_what_it_needs(string package, string dependencies)
    {
        XElement metadata = XDocument.Parse(feed.TextIn(package, package + ".nuspec")).Root!.Elements().Single();
        Assert.Equal((feed.Version, "MIT", "icon.png", "README.md", "git"),
            (Of("version"), Of("license"), Of("icon"), Of("readme"), Child("repository")!.Attribute("type")!.Value));
        Assert.True(Of("description").Length > 60, Of("description"));
        Assert.Contains("aws", Of("tags").Split(' '));
        Assert.Matches("^[0-9a-f]{40}$", Child("repository")!.Attribute("commit")!.Value);
        Assert.Equal(package is "ProvableSec.Analyzers" ? "true" : "", Of("developmentDependency"));
        Assert.StartsWith($"# {package}\n", feed.TextIn(package, "README.md"), StringComparison.Ordinal);
        Assert.Equal(
            dependencies.Replace("[own]", $"[{feed.Version}]", StringComparison.Ordinal),
            string.Join("; ", Child("dependencies")?.Elements().Select(group =>
                $"{group.Attribute("targetFramework")!.Value.Replace(".NETStandard", "netstandard", StringComparison.Ordinal)}: "
                + string.Join(", ", group.Elements().Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}")))
                    ?? []));

        XElement? Child(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
        string Of(string name) => Child(name)?.Value ?? "";
    }

    private string[] FilesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.FileOf(package));

        // What every package has as a container, and the nuspec, which another test reads.
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
            && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml" && name != package + ".nuspec")
            .Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> OfTheCommandFor(string system) =>
        ["bom.json", .. In($"tools/net10.0/{system}", [.. OfTheCommand, "provablesec.deps.json", "provablesec.runtimeconfig.json"])];

    private static IEnumerable<string> Library(string name, params string[] frameworks) =>
        frameworks.SelectMany(framework => In("lib/" + framework, name + ".dll", name + ".xml"));

    private static IEnumerable<string> In(string folder, params string[] files) => files.Select(file => $"{folder}/{file}");
}
