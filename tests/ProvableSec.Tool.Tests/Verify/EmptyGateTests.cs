namespace ProvableSec.Tool.Tests.Verify;

/// <summary>A gate that asks nothing does not pass.</summary>
public sealed class EmptyGateTests : IDisposable
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"properties":[]}""")]
    [InlineData("""{"version":1,"documents":[],"properties":[]}""")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":["p.json"]}}}""")]
    public void A_configuration_that_asks_nothing_says_so_in_every_format(string configuration)
    {
        folder.Write("p.json", Policy);
        string file = folder.Write("provablesec.json", configuration);
        foreach (string format in (string[])["text", "json", "ndjson", "sarif", "github", "junit", "markdown"])
        {
            ToolRun run = ToolRun.Command("verify", file, "--format", format);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("provablesec.json:1:1: the configuration has neither properties nor documents", run.Error, StringComparison.Ordinal);
            Assert.Contains("neither properties nor documents", format is "text" or "ndjson" ? run.Error : run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Documents_alone_are_checked()
    {
        folder.Write("p.json", Policy);
        Assert.Equal(0,
            ToolRun.Command("verify", folder.Write("provablesec.json", """{"version":1,"documents":[{"files":"p.json","type":"identity"}]}""")).ExitCode);
    }

    [Theory]
    [InlineData("notes.txt", "nothing")]
    [InlineData("package.json", """{"name":"x","version":"1.0.0"}""")]
    [InlineData("values.yaml", "replicas: 2\n")]
    public void A_folder_without_policies_is_exit_2(string name, string text)
    {
        folder.Write(name, text);
        ToolRun run = ToolRun.Command("check", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no policy, template, account dump or plan was found, so nothing is checked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_beside_one_with_policies_is_no_mistake()
    {
        folder.Write("a/notes.txt", "nothing");
        folder.Write("b/p.json", Policy);
        Assert.Equal(0, ToolRun.Command("check", folder["a"], folder["b"], "--fail-on", "error").ExitCode);
        Assert.Equal(2, ToolRun.Command("check", folder["a"], "--fail-on", "error").ExitCode);
    }

    [Fact]
    public void A_folder_of_Terraform_source_says_how_it_is_read()
    {
        folder.Write("main.tf", "terraform {}\n");
        ToolRun run = ToolRun.Command("check", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("terraform show -json plan", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prove", 3)]
    [InlineData("check", 3)]
    public void A_batch_without_a_line_is_exit_3(string command, int exitCode)
    {
        ToolRun run = ToolRun.Of("\n\n", command, "--batch", "-");
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains("provablesec: the batch holds no ", run.Error, StringComparison.Ordinal);
    }
}
