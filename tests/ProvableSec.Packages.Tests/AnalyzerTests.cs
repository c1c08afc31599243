namespace ProvableSec.Packages.Tests;

/// <summary>The package of analyzers in clean projects: a key in the code breaks the build, whatever it is for.</summary>
public sealed class AnalyzerTests(PackageFeed feed)
{
    [Fact]
    public async Task A_key_in_the_code_breaks_the_build_for_every_framework_and_its_removal_repairs_it()
    {
        string folder = feed.NewFolder("analyzed"), source = Path.Combine(folder, "Keys.cs");
        File.WriteAllText(
            Path.Combine(folder, "Analyzed.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>net10.0;net8.0;netstandard2.0</TargetFrameworks>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ProvableSec.Analyzers" Version="{feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        var fresh = new Fresh(23);
        string id = fresh.AccessKeyId(), secret = fresh.SecretKey();
        File.WriteAllText(source, $$"""public static class Keys { public const string Id = "{{id}}", Secret = "{{secret}}"; }""");

        CommandRun leaky = await Build(folder);
        Assert.Equal(1, leaky.ExitCode);
        foreach (string framework in new[] { "net10.0", "net8.0", "netstandard2.0" })
        {
            Assert.Contains(leaky.Output.Split('\n'), line => line.Contains("Keys.cs(1,", StringComparison.Ordinal)
                && line.Contains(": error PSEC1001: ", StringComparison.Ordinal) && line.EndsWith($"::TargetFramework={framework}]", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(secret, leaky.Output, StringComparison.Ordinal);

        File.WriteAllText(source, "public static class Keys { public static string? Id => System.Environment.GetEnvironmentVariable(\"AWS_ACCESS_KEY_ID\"); }".Replace("string?", "string", StringComparison.Ordinal));
        CommandRun repaired = await Build(folder);
        Assert.True(repaired.ExitCode == 0, repaired.Output);

        // A package for development leaves nothing in the program.
        Assert.Equal(["Analyzed.deps.json", "Analyzed.dll", "Analyzed.pdb"],
            Directory.GetFiles(Path.Combine(folder, "bin/Debug/net10.0")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Task<CommandRun> Build(string folder) => feed.Run(folder, "dotnet", "build", "--verbosity", "quiet", "-tl:off", "-p:UseSharedCompilation=false");
}
