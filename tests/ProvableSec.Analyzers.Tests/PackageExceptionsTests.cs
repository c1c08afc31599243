using System.Diagnostics;
using System.Reflection;

namespace ProvableSec.Analyzers.Tests;

/// <summary>Which lists of exceptions the package hands to the compiler.</summary>
public sealed class PackageExceptionsTests : IDisposable
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
        Write(place + "/.provablesec-allowed", "");
        string root = typeof(PackageExceptionsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        string targets = Path.Combine(root, "analyzers/ProvableSec.Analyzers.Package/build/ProvableSec.Analyzers.targets");
        string project = Write("a/b/c/x.proj", $"""<Project><PropertyGroup><BaseOutputPath>bin/</BaseOutputPath><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath></PropertyGroup><Import Project="{targets}" /></Project>""");
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", "-getProperty:_ProvableSecWaivers,_ProvableSecAllowed"]) { RedirectStandardOutput = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process msbuild = Process.Start(start)!;
        string output = msbuild.StandardOutput.ReadToEnd();
        msbuild.WaitForExit();
        Assert.True(msbuild.ExitCode == 0, output);
        Assert.Equal(counts ? 1 : 0, output.Split("provablesec-waivers.json").Length - 1);
        Assert.Equal(counts ? 1 : 0, output.Split(".provablesec-allowed").Length - 1);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        string file = Path.Combine(folder.FullName, name.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
