namespace ProvableSec.Packages.Tests;

/// <summary>Each library in a clean project that has nothing else, used as its readme shows.</summary>
public sealed class LibraryTests(LibraryPrograms programs) : IClassFixture<LibraryPrograms>
{
    [Theory]
    [InlineData("ProvableSec.ServiceData", "^s3:GetObject: Read, of 20[0-9]{2}-[0-9]{2}-[0-9]{2}\n$")]
    [InlineData("ProvableSec.Policy", "^s3:PutObject: ImplicitDeny\n$")]
    [InlineData("ProvableSec.Reasoning", "^EnableRegion: allowed, PassRole: never\n$")]
    [InlineData("ProvableSec.Rules", "^(PSEC[0-9]{4}: .*\n)*PSEC2002: Administrator access\n(PSEC[0-9]{4}: .*\n)*$")]
    [InlineData("ProvableSec.Testing", "^the policy should allow only s3:GetObject on arn:aws:s3:::reports/\\*, but it allows this request, too\\.\n$")]
    [InlineData("ProvableSec.Logs", "^Kept: \\{\"action\":\"BLOCK\",\"webaclId\":\"acl\",\"httpRequest\":\\{\"clientIp\":\"203\\.0\\.113\\.0\"\\}\\}\n$")]
    public async Task A_program_with_the_package_alone_compiles_and_runs(string package, string output)
    {
        Assert.True(programs.Build.ExitCode == 0, programs.Build.Output);
        foreach (string framework in LibraryPrograms.FrameworksOf(package))
        {
            string folder = Path.Combine(programs.Folder, package), program = $"bin/Debug/{framework}/{package}.Program.dll";
            if (framework == "netstandard2.0")
            {
                // Nothing runs such a program by itself.
                Assert.True(File.Exists(Path.Combine(folder, program)));
            }
            else
            {
                Assert.Matches(output, await programs.Run(folder, program));
            }
        }
    }
}
