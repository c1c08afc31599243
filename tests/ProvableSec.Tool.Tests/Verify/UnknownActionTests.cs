using System.Text.Json;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary>An action of a property that does not exist is told where it stands, by verify as by prove, in every format.</summary>
public sealed class UnknownActionTests : IDisposable
{
    private const string Near = "\"s3:PutObjects\" is not an action of Amazon S3; did you mean \"s3:PutObject\"?";
    private const string Far = "\"s3:ReplaceObject\" is not an action of Amazon S3 in the service data of ";

    private readonly TemporaryFolder folder = new();

    public UnknownActionTests()
    {
        folder.Write("role.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}}""");
        folder.Write("near.json", Property("s3:PutObjects"));
        folder.Write("far.json", Property("s3:ReplaceObject"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("junit")]
    [InlineData("markdown")]
    public void One_edit_from_an_action_is_exit_2(string format)
    {
        ToolRun run = Verify("near.json", format);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("near.json:2:46: " + Near, run.Error, StringComparison.Ordinal);
        Assert.Contains("PutObjects", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "warning: ", "far.json:2:46: " + Far)]
    [InlineData("json", "\"warnings\"", "far.json")]
    [InlineData("ndjson", "\"warnings\"", "far.json:2:46: ")]
    [InlineData("sarif", "\"level\": \"warning\"", "\"uri\": \"far.json\"")]
    [InlineData("github", "::warning file=far.json,line=2,col=46", "s3:ReplaceObject")]
    [InlineData("junit", "<system-out>warning: far.json:2:46: ", "s3:ReplaceObject")]
    [InlineData("markdown", "- warning: `far.json:2:46: ", "s3:ReplaceObject")]
    public void Another_unknown_action_is_a_warning_with_its_location(string format, string mark, string place)
    {
        ToolRun run = Verify("far.json", format);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("s3:ReplaceObject", run.Output, StringComparison.Ordinal);
        Assert.Contains(mark, run.Output, StringComparison.Ordinal);
        Assert.Contains(place, run.Output, StringComparison.Ordinal);
        if (format is "json" or "sarif")
        {
            JsonDocument.Parse(run.Output).Dispose();
        }
    }

    [Fact]
    public void Only_the_properties_that_are_asked_warn()
    {
        ToolRun run = Verify("far.json", "github", "--only", "fine");
        Assert.DoesNotContain("ReplaceObject", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--forbidden", "near.json", 2, "near.json:2:46: " + Near)]
    [InlineData("--forbidden", "far.json", 0, "warning: ")]
    [InlineData("--forbid", "sqs:DeleteQueue,s3:PutObjects", 2, "provablesec: --forbid: " + Near)]
    [InlineData("--forbid", "sqs:DeleteQueue,s3:ReplaceObject", 0, "warning: --forbid: " + Far)]
    public void Prove_says_the_same(string option, string value, int exitCode, string message)
    {
        ToolRun run = ToolRun.Command("prove", "not-granted", "--policy", folder["role.json"], option, option == "--forbid" ? value : folder[value], "--format",
            "json");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        if (exitCode == 0)
        {
            Assert.Contains("s3:ReplaceObject", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("near.json", 2, "near.json:2:46: " + Near)]
    [InlineData("far.json", 0, "")]
    public void A_batch_says_the_same(string file, int exitCode, string message)
    {
        string batch = folder.Write("batch.ndjson", $$"""{"question":"not-granted","policy":"role.json","forbidden":"{{file}}"}""" + "\n");
        ToolRun run = ToolRun.Command("prove", "--batch", batch);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains(exitCode == 2 ? "PutObjects" : "far.json:2:46: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3:PutObjects", 2, "provablesec: " + Near)]
    [InlineData("s3:ReplaceObject", 0, "")]
    public void Ask_says_the_same(string action, int exitCode, string message)
    {
        string dump = folder.Write("dump.json", """{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}""");
        ToolRun run = ToolRun.Command("ask", "who-can", action, "--dump", dump);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains(exitCode == 0 ? Far : "", run.Output, StringComparison.Ordinal);
    }

    private static string Property(string action) =>
        $$"""
        {"Version": "2012-10-17",
         "Statement": {"Effect": "Allow", "Action": ["{{action}}", "sqs:DeleteQueue"], "Resource": "*"} }
        """.ReplaceLineEndings("\n");

    private ToolRun Verify(string property, string format, params string[] options)
    {
        string configuration = folder.Write("provablesec.json", $$"""
            {
              "version": 1,
              "properties": [
                {"id": "named", "question": "not-granted", "policy": "role.json", "type": "identity", "forbidden": "{{property}}"},
                {"id": "fine", "question": "not-granted", "policy": "role.json", "type": "identity", "forbidden": {{Property("sqs:DeleteQueue")}}}
              ]
            }
            """);
        return ToolRun.Command(["verify", configuration, "--format", format, .. options]);
    }
}
