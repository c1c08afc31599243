using System.Diagnostics;

namespace ProvableSec.Testing.Tests;

/// <summary>The packages in clean projects, from a local feed: the sample in xunit, a red and a green test in NUnit and in MSTest, and the project that the
/// template makes.</summary>
public sealed class PackedTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task The_sample_says_what_its_page_shows() => Assert.Equal(Page("samples/policy-tests/README.md"), await Run("samples/policy-tests/run.sh"));

    [Fact]
    public async Task NUnit_and_MSTest_show_a_failed_claim_and_pass_a_proved_one() =>
        Assert.Equal(File.ReadAllText(Path.Combine(TestData.Folder, "Frameworks", "expected.txt")).ReplaceLineEndings("\n"),
            await Run("tests/ProvableSec.Testing.Tests/Frameworks/run.sh"));

    [Fact]
    public async Task The_template_makes_a_project_that_is_green_and_finds_a_mistake() => Assert.Equal(
        """
        ./Acme.PolicyTests.csproj
        ./RoleTests.cs
        ./global.json
        ./policies/regions.scp.json
        ./policies/role.json
        total: 3, failed: 0, succeeded: 3
        Allowed by policies/role.json:7 · statement 0 "Reports"
        failed RoleTests.Reports_are_read_and_nothing_else
        policies/role.json should allow only s3:GetObject on arn:aws:s3:::reports/*, but it allows this request, too.
        total: 3, failed: 1, succeeded: 2

        """.ReplaceLineEndings("\n"),
        await Run("tests/ProvableSec.Testing.Tests/Frameworks/template.sh"));

    [Fact]
    public async Task A_stack_of_the_real_CDK_is_asked_about() => Assert.Equal(
        """
        failed StackTests.Red
        AppRole (the stack Orders) should never allow s3:GetObject on any resource, but that depends on what is known only at deployment:
        total: 2, failed: 1, succeeded: 1

        """.ReplaceLineEndings("\n"),
        await Run("tests/ProvableSec.Testing.Tests/Frameworks/cdk.sh"));

    private static string Page(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n").Split("```text\n")[1]
        .Split("```")[0];

    private static async Task<string> Run(string script)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, script), Configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };

        // What this process was told about its own build and run is not for those.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process run = Process.Start(start)!;
        Task<string> errors = run.StandardError.ReadToEndAsync(cancellation);
        string output = await run.StandardOutput.ReadToEndAsync(cancellation);
        await run.WaitForExitAsync(cancellation);
        Assert.Equal("", await errors);
        Assert.Equal(0, run.ExitCode);
        return output.ReplaceLineEndings("\n");
    }
}
