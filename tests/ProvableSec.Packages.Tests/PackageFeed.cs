using System.IO.Compression;
using System.Text.RegularExpressions;
using ProvableSec.Packages.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace ProvableSec.Packages.Tests;

/// <summary>Every package of this checkout, packed once, in a folder that installs take them from.</summary>
public sealed partial class PackageFeed : IAsyncLifetime
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly TemporaryFolder folder = new();
    private string sources = "";
    private (string Name, string Value)[] settings = [];

    /// <summary>A version of this run: NuGet takes a package of a version that it knows from its cache, and not from the feed.</summary>
    public string Version { get; } = $"0.0.0-run.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.ProcessId}";

    public string Packages => folder["feed"];

    public async ValueTask InitializeAsync()
    {
        CommandRun packed = await CommandRun.Start(
            Repository.Root,
            [],
            "bash",
            "eng/pack.sh",
            Packages,
            "--no-build",
            "--version",
            Version,
            "--configuration",
            Configuration,
            "--runtime",
            System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);
        Assert.True(packed.ExitCode == 0, packed.Output);

        // All else is from where this machine has it from, under the names that it has for those places.
        CommandRun listed = await CommandRun.Start(folder["."], [], "dotnet", "nuget", "list", "source");
        sources = string.Concat(SourceName().Matches(listed.Output).Select(source =>
            $"""<packageSource key="{source.Groups[1].Value}"><package pattern="*" /></packageSource>"""));
        CommandRun cache = await CommandRun.Start(folder["."], [], "dotnet", "nuget", "locals", "global-packages", "--list");
        settings = [("NUGET_PACKAGES", folder["cache"]), ("NUGET_FALLBACK_PACKAGES", cache.Output.Split(": ", 2)[1].Trim()),
            ("DOTNET_CLI_HOME", folder["home"])];
    }

    /// <summary>An empty folder whose projects take packages of ProvableSec from the feed, and only from there.</summary>
    public string NewFolder(string name)
    {
        folder.Write(
            $"{name}/nuget.config",
            $"""
            <configuration>
              <packageSources><add key="packed" value="{Packages}" /></packageSources>
              <packageSourceMapping><packageSource key="packed"><package pattern="ProvableSec*" /></packageSource>{sources}</packageSourceMapping>
            </configuration>
            """);
        return folder[name];
    }

    /// <summary>Runs a program there, with a cache of packages and a home of their own.</summary>
    public Task<CommandRun> Run(string where, string program, params string[] arguments) => CommandRun.Start(where, settings, program, arguments);

    /// <summary>Runs a program that must succeed.</summary>
    public async Task<string> RunWell(string where, string program, params string[] arguments)
    {
        CommandRun run = await Run(where, program, arguments);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {run.ExitCode}\n{run.Output}");
        return run.Output;
    }

    public string FileOf(string package) => Path.Combine(Packages, $"{package}.{Version}.nupkg");

    public string TextIn(string package, string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(FileOf(package));
        using var reader = new StreamReader(archive.GetEntry(file)!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"^ *[0-9]+\. +(.+?) \[", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SourceName();
}
