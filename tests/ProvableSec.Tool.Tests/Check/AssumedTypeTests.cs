namespace ProvableSec.Tool.Tests.Check;

/// <summary>Types that names of files and <c>provablesec.json</c> say.</summary>
public sealed class AssumedTypeTests : IDisposable
{
    private const string Public = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}""";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("dev.boundary.json", "boundary")]
    [InlineData("dev_boundary.json", "boundary")]
    [InlineData("regions_scp.json", "scp")]
    [InlineData("service_control_policies/regions.json", "scp")]
    public void What_a_name_hides_is_told(string name, string type)
    {
        ToolRun run = ToolRun.Command("check", folder.Write(name, PolicyJson.Everything));
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{name} is read as {type} by its name; as identity it would have findings of PSEC2002 (--type identity).", run.Error, StringComparison.Ordinal);
        Assert.Contains($" · types by name: 1 {type}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x_scp.json", "scp")]
    [InlineData("x-service-control-policy.json", "scp")]
    [InlineData("service_control_policies/x.json", "scp")]
    public void Content_that_contradicts_the_name_wins(string name, string type)
    {
        ToolRun run = ToolRun.Command("check", folder.Write(name, Public));
        Assert.Contains("PSEC2001", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{name} is read as resource by its content, which contradicts its name ({type}).", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("types by name", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_extension_declares_stays_and_what_contradicts_it_is_found()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("x.scp.json", Public));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Principal", run.Output, StringComparison.Ordinal);
        Assert.Contains("x.scp.json is read as scp by its name; as resource it would have findings of PSEC2001 (--type resource).", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_name_does_not_hide_is_only_counted()
    {
        folder.Write("p/a_scp.json", PolicyJson.Everything.Replace("Allow", "Deny", StringComparison.Ordinal));
        folder.Write("p/b.scp.json", PolicyJson.Everything.Replace("Allow", "Deny", StringComparison.Ordinal));
        folder.Write("p/s3_endpoint_policy.json", Public.Replace("Allow", "Deny", StringComparison.Ordinal));
        ToolRun run = ToolRun.Command("check", folder["p"]);
        Assert.DoesNotContain("by its name", run.Error, StringComparison.Ordinal);
        Assert.Contains(" · types by name: 1 endpoint, 2 scp", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provablesec.json", "p/*.json")]
    [InlineData("provablesec.json", "p/a.json")]
    [InlineData("p/provablesec.json", "*.json")]
    public void The_configuration_says_the_type(string configuration, string files)
    {
        Directory.CreateDirectory(folder[".git"]);
        folder.Write("p/a.json", PolicyJson.Everything);
        Assert.Contains("PSEC2002", ToolRun.Command("check", folder["p/a.json"]).Output, StringComparison.Ordinal);
        folder.Write(configuration, Configuration(files, "scp"));
        Assert.Equal((0, ""), Of(ToolRun.Command("check", folder["p/a.json"])));
        Assert.Equal((0, ""), Of(ToolRun.Command("check", folder["p"])));
        Assert.Contains("PSEC2002", ToolRun.Command("check", folder["p/a.json"], "--type", "identity").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_above_the_repository_says_nothing()
    {
        Directory.CreateDirectory(folder["r/.git"]);
        folder.Write("provablesec.json", Configuration("r/a.json", "scp"));
        Assert.Contains("PSEC2002", ToolRun.Command("check", folder.Write("r/a.json", PolicyJson.Everything)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_configuration_counts()
    {
        Directory.CreateDirectory(folder[".git"]);
        folder.Write("provablesec.json", Configuration("p/a.json", "identity"));
        folder.Write("p/provablesec.json", Configuration("a.json", "scp"));
        Assert.Equal((0, ""), Of(ToolRun.Command("check", folder.Write("p/a.json", PolicyJson.Everything))));
    }

    [Theory]
    [InlineData("""{"version": 1, "documents": [{"files": "a.json", "type": "scpp"}]}""", "provablesec.json:1:58: ")]
    [InlineData("""{"version": 1, "documents": [""", "provablesec.json:1:")]
    public void A_broken_configuration_is_a_located_error(string text, string message)
    {
        folder.Write("provablesec.json", text);
        ToolRun run = ToolRun.Command("check", folder.Write("a.json", PolicyJson.Everything));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static (int, string) Of(ToolRun run) => (run.ExitCode, run.Output);

    private static string Configuration(string files, string type) => $$"""{"version": 1, "documents": [{"files": "{{files}}", "type": "{{type}}"}]}""";
}
