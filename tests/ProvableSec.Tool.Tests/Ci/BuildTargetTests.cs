using System.Diagnostics;
using System.Text;

namespace ProvableSec.Tool.Tests.Ci;

/// <summary>The target of MSBuild that proves the properties in a build, and the image.</summary>
public sealed class BuildTargetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BuildTargetTests()
    {
        string targets = Path.Combine(Repository.Root, "analyzers", "ProvableSec.Analyzers.Package", "build", "ProvableSec.Analyzers.targets");
        folder.Write("src/app.proj", $"""<Project><PropertyGroup><BaseOutputPath>bin</BaseOutputPath><BaseIntermediateOutputPath>obj</BaseIntermediateOutputPath></PropertyGroup><Import Project="{targets}" /><Target Name="Build"><Message Text="built" Importance="high" /></Target></Project>""");
        folder.Write("app.json", """
            {
              "Version": "2012-10-17",
              "Statement": {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"}
            }
            """);
    }

    public void Dispose() => folder.Dispose();

    private void Property(string action) => folder.Write("provablesec.json", $$"""
        {"version": 1, "stacks": {"app": {"account": "111122223333", "identityPolicies": ["app.json"]} },
         "properties": [{"id": "no-stop", "question": "not-granted", "stacks": ["app"], "forbidden": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "{{action}}", "Resource": "*"} } }]}
        """);

    private (int ExitCode, string Output) Build(params string[] options)
    {
        string program = ToolProcess.Program ?? "dotnet " + typeof(ProvableSecCommand).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", ["msbuild", folder["src/app.proj"], "-nologo", "-p:ProvableSecCommand=" + program,
            .. options])
        { WorkingDirectory = folder[""] };
        var output = new MemoryStream();
        (int code, string error) = ToolProcess.Run(start, [], output);
        return (code, Encoding.UTF8.GetString(output.ToArray()) + error);
    }

    [Fact]
    public void A_build_proves_the_properties_where_that_is_wanted()
    {
        Property("ec2:StopInstances");
        (int code, string output) = Build("-t:Build");
        Assert.Equal(0, code);
        Assert.DoesNotContain("no-stop", output, StringComparison.Ordinal);
        (code, output) = Build("-t:Build", "-p:ProvableSecVerify=true");
        Assert.Equal(1, code);
        // As an error of the build, at the place of the policy.
        Assert.Contains($"{folder["app.json"]}(3,", output, StringComparison.Ordinal);
        Assert.Contains("error PROVABLESEC: no-stop: no-stop: violated", output, StringComparison.Ordinal);
        Property("ec2:StartInstances");
        (code, output) = Build("-t:Build", "-p:ProvableSecVerify=true");
        Assert.Equal(0, code);
        Assert.Contains("1 property: 1 holds", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_alone_says_what_is_missing()
    {
        (int code, string output) = Build("-t:ProvableSecVerify");
        Assert.Equal(1, code);
        Assert.Contains("There is no provablesec.json in", output, StringComparison.Ordinal);
        Property("ec2:StopInstances");
        Assert.Equal(1, Build("-t:ProvableSecVerify").ExitCode);
        (_, output) = Build("-t:ProvableSecVerify", "-p:ProvableSecCommand=nonesuch-provablesec");
        Assert.Contains("was not found: dotnet tool install --global provablesec", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_made_of_files_that_are_there_and_has_git()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));
        string last = string.Join('\n', lines[(Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal)))..]);
        Assert.StartsWith("FROM debian:", last, StringComparison.Ordinal);
        Assert.Contains(" git ", last, StringComparison.Ordinal);
        Assert.Contains("USER provablesec", last, StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"provablesec\"]", last, StringComparison.Ordinal);
        foreach (string word in string.Join(' ', lines).Split(' ', '"')
            .Where(word => word.StartsWith("/source/", StringComparison.Ordinal) && !word.Contains("artifacts", StringComparison.Ordinal)))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, word["/source/".Length..])), word);
        }
    }
}
