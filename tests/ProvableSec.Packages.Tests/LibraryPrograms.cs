namespace ProvableSec.Packages.Tests;

/// <summary>A clean project for each library, all built at once.</summary>
public sealed class LibraryPrograms(PackageFeed feed) : IAsyncLifetime
{
    private const string Testing =
        """
        using System;
        using ProvableSec.Testing;

        const string Json = @"{""Version"":""2012-10-17"",""Statement"":{""Effect"":""Allow"",""Action"":""s3:Get*"",""Resource"":""arn:aws:s3:::reports/*""}}";
        PolicySubject policy = Policies.Parse(Json);
        policy.ShouldNeverAllow("iam:PassRole");
        try
        {
            policy.ShouldAllowOnly("s3:GetObject", on: "arn:aws:s3:::reports/*");
        }
        catch (PolicyClaimException e)
        {
            Console.WriteLine(e.Message.Split('\n')[0]);
        }
        """;

    private static readonly string[] Packages = ["ProvableSec.ServiceData", "ProvableSec.Policy", "ProvableSec.Reasoning", "ProvableSec.Rules",
        "ProvableSec.Testing", "ProvableSec.Logs"];

    public string Folder { get; } = feed.NewFolder("libraries");

    public CommandRun Build { get; private set; } = new(-1, "");

    // Programs for .NET 8 take the build for netstandard2.0, as those for .NET Framework do.
    public static string[] FrameworksOf(string package) => package == "ProvableSec.Logs" ? ["net10.0"] : ["net10.0", "net8.0", "netstandard2.0"];

    public async ValueTask InitializeAsync()
    {
        foreach (string package in Packages)
        {
            string folder = Directory.CreateDirectory(Path.Combine(Folder, package)).FullName;
            File.WriteAllText(Path.Combine(folder, "Program.cs"), package == "ProvableSec.Testing" ? Testing
                : feed.TextIn(package, "README.md").Split("```csharp\n")[1].Split("```")[0]);
            File.WriteAllText(
                Path.Combine(folder, package + ".csproj"),
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFrameworks>{string.Join(';', FrameworksOf(package))}</TargetFrameworks>
                    <!-- The package has the name of the project. -->
                    <PackageId>{package}.Program</PackageId>
                    <AssemblyName>{package}.Program</AssemblyName>
                    <LangVersion>latest</LangVersion>
                    <Nullable>enable</Nullable>
                    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                    <UseAppHost>false</UseAppHost>
                    <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                    <NuGetAudit>false</NuGetAudit>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="{package}" Version="{feed.Version}" />
                  </ItemGroup>
                </Project>
                """);
        }

        File.WriteAllText(Path.Combine(Folder, "Programs.slnx"),
            $"<Solution>{string.Concat(Packages.Select(package => $"""<Project Path="{package}/{package}.csproj" />"""))}</Solution>");
        Build = await feed.Run(Folder, "dotnet", "build", "Programs.slnx", "--verbosity", "quiet", "-tl:off", "-p:UseSharedCompilation=false");
    }

    /// <summary>Runs a program on the runtime that is there: there may be none of .NET 8, and what was compiled for it runs on a later one.</summary>
    public Task<string> Run(string folder, string program) => feed.RunWell(folder, "dotnet", "--roll-forward", "LatestMajor", program);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
