using System.Diagnostics;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Which files the package hands to the compiler.</summary>
public sealed class PackageFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("provablesec-test-");

    /// <summary>Where the repository begins, its form, where the list lies, and whether it counts.</summary>
    public static TheoryData<string, bool, string, bool> Places => new()
    {
        { "a/b", false, "a/b", true },
        { "a/b", false, "a", false },
        { "a/b", true, "a/b/c", true },
        { "a/b/c", true, "a/b", false },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Exceptions_are_those_of_the_repository(string top, bool isLinked, string place, bool counts)
    {
        Write(top + (isLinked ? "/.git" : "/.git/HEAD"), "");
        Write(place + "/provablesec-waivers.json", "[]");
        Write(place + "/provablesec-baseline.json", "{}");
        Write(place + "/.provablesec-allowed", "");
        string output = Evaluated("a/b/c/x.proj", "", "-getProperty:_ProvableSecWaivers,_ProvableSecBaseline,_ProvableSecAllowed");
        Assert.Equal(counts ? 1 : 0, output.Split("provablesec-waivers.json").Length - 1);
        Assert.Equal(counts ? 1 : 0, output.Split("provablesec-baseline.json").Length - 1);
        Assert.Equal(counts ? 1 : 0, output.Split(".provablesec-allowed").Length - 1);
    }

    [Theory]
    [InlineData("Strings.resx", true)]
    [InlineData("data/keys.json", true)]
    [InlineData("data/key.pem", true)]
    [InlineData("data/picture.png", false)]
    [InlineData("data/other.json", false)]
    [InlineData("appsettings.Production.json", true)]
    [InlineData("node_modules/x/Strings.resx", false)]
    [InlineData("template.json", true)]
    [InlineData("deploy/App.template.json", true)]
    [InlineData("cdk.out/App.template.json", false)]
    [InlineData("infra/cdk.out/App.template.json", false)]
    public void What_becomes_part_of_the_assembly_is_looked_into(string file, bool isGiven)
    {
        Write(file, "");
        string output = Evaluated("x.proj", """<ItemGroup><EmbeddedResource Include="data/key*.*;data/*.png" /></ItemGroup>""", "-getItem:AdditionalFiles");
        Assert.Equal(isGiven, output.Contains($"\"FullPath\": \"{Path.Combine(folder.FullName, file)}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("recommended", "App.template.json", true)]
    [InlineData("recommended", "template.yaml", true)]
    [InlineData("recommended", "Strings.resx", true)]
    [InlineData("recommended", "data/keys.json", true)]
    [InlineData("recommended", "app.policy.json", false)]
    [InlineData("strict", "App.template.json", false)]
    public void Policies_that_are_read_unasked_break_no_build(string mode, string file, bool areWarnings)
    {
        Write(file, "");
        string output = Evaluated("x.proj", $"""<PropertyGroup><ProvableSecAnalysisMode>{mode}</ProvableSecAnalysisMode></PropertyGroup><ItemGroup><EmbeddedResource Include="data/*.json" /></ItemGroup>""", "-getItem:AdditionalFiles");
        Assert.Contains($"\"FullPath\": \"{Path.Combine(folder.FullName, file)}\"", output, StringComparison.Ordinal);
        Assert.Equal(areWarnings, output.Contains("\"ProvableSecAtMost\": \"warning\"", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What MSBuild makes of a project with the package.</summary>
    private string Evaluated(string name, string items, string get)
    {
        string targets = Repository.Path("analyzers/ProvableSec.Analyzers.Package/build/ProvableSec.Analyzers.targets");
        string project = Write(name, $"""<Project><PropertyGroup><BaseOutputPath>bin/</BaseOutputPath><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath></PropertyGroup>{items}<Import Project="{targets}" /></Project>""");
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", get]) { RedirectStandardOutput = true };
        foreach (string variable in start.Environment.Keys.Where(variable => variable.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        using Process msbuild = Process.Start(start)!;
        string output = msbuild.StandardOutput.ReadToEnd();
        msbuild.WaitForExit();
        Assert.True(msbuild.ExitCode == 0, output);
        return output;
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(folder.FullName, name.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
