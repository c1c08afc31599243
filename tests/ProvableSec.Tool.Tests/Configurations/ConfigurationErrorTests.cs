using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Mistakes in the configuration, each told at its place.</summary>
public sealed class ConfigurationErrorTests : IDisposable
{
    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""[]""", "1:1: a configuration must be an object")]
    [InlineData("""{"version":1""", "1:13: ")]
    [InlineData("""{}""", "1:1: the configuration has no version")]
    [InlineData("""{"version":2}""", "1:12: version must be 1")]
    [InlineData("""{"version":1,"propertys":[]}""", "1:14: \"propertys\" is not a member of a configuration; did you mean \"properties\"?")]
    [InlineData("""{"version":1,"color":1}""", "1:14: \"color\" is not a member of a configuration; expected one of $schema, version")]
    [InlineData("""{"version":1,"world":"mars"}""", "1:22: world must be one of aws, free, not \"mars\"")]
    [InlineData("""{"version":1,"documents":{}}""", "1:26: documents must be an array")]
    [InlineData("""{"version":1,"documents":[{"files":"policies/scp/full.json"}]}""", "1:27: this element of documents has no type")]
    [InlineData("""{"version":1,"documents":[{"files":"x/*.json","type":"scp"}]}""", "1:36: no file matches x/*.json")]
    [InlineData("""{"version":1,"documents":[{"files":"x.json","type":"scp"}]}""", "x.json does not exist")]
    [InlineData("""{"version":1,"documents":[{"files":"policies/scp/full.json","type":"scp","kind":1}]}""",
        "\"kind\" is not a member of an element of documents")]
    [InlineData("""{"version":1,"documents":[{"files":"policies/scp/full.json","type":"spc"}]}""", "\"spc\" is not a policy type")]
    [InlineData("""{"version":1,"stacks":{"a":{"identityPolices":[]}}}""",
        "1:29: \"identityPolices\" is not a member of the stack \"a\"; did you mean \"identityPolicies\"?")]
    [InlineData("""{"version":1,"stacks":{"a":{"color":[]}}}""", "1:29: \"color\" is not a member of the stack \"a\"")]
    [InlineData("""{"version":1,"stacks":{"a":{}}}""", "1:28: the stack \"a\" is empty")]
    [InlineData("""{"version":1,"stacks":{"a":{"identityPolicies":["none.json"]}}}""", "1:49: ")]
    [InlineData("""{"version":1,"properties":[1]}""", "1:28: a property must be an object")]
    [InlineData("""{"version":1,"properties":[{"question":"can"}]}""", "1:28: this property has no id")]
    [InlineData("""{"version":1,"properties":[{"id":"a b","question":"can"}]}""", "1:34: \"a b\" is not an id")]
    [InlineData("""{"version":1,"properties":[{"id":"a"}]}""", "1:28: this property has no question")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"maybe"}]}""", "1:49: \"maybe\" is not a question")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","severity":"bad"}]}""", "severity must be one of error, warning, info")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","expect":"unknown"}]}""", "expect must be one of holds, violated")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","budget":0}]}""", "budget must be a positive whole number")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","says":1}]}""", "says must be a string")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","stack":"x"}]}""",
        "\"stack\" is not a member of a property; did you mean \"stacks\"?")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":[]}},"properties":[{"id":"a","question":"can","stacks":["ap"],"request":{}}]}""", "there is no stack \"ap\"; did you mean \"app\"?")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":[]}},"properties":[{"id":"a","question":"can","stacks":["app"]}]}""", "can needs a request")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":[]}},"properties":[{"id":"a","question":"not-granted","stacks":["app"]}]}""", "not-granted needs forbidden")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":[]}},"properties":[{"id":"a","question":"can","stacks":["app"],"request":{},"forbidden":"properties/roles.json"}]}""", "can does not read forbidden, which is for not-granted")]
    [InlineData("""{"version":1,"stacks":{"app":{"identityPolicies":[]}},"properties":[{"id":"a","question":"can","stacks":["app"],"policy":"policies/scp/full.json","request":{}}]}""", "either stacks or policy, not both")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","request":{}}]}""", "can needs a policy")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","policy":"none.json","request":{}}]}""", "none.json does not exist")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","policy":"policies/scp/full.json","request":{"actoin":"s3:Get"}}]}""", "did you mean \"action\"?")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","policy":"policies/scp/full.json","request":{"xyz":"s3:Get"}}]}""", "\"xyz\" is not a member of a request")]
    [InlineData("""{"version":1,"properties":[{"id":"a","question":"can","policy":"policies/scp/full.json","request":{}},{"id":"a","question":"can","policy":"policies/scp/full.json","request":{}}]}""", "there is another property \"a\"")]
    public void A_mistake_is_exit_2_with_its_place(string configuration, string message)
    {
        ToolRun run = folder.VerifyText(configuration);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"json:\d+:\d+: ", line));
    }

    [Fact]
    public void A_missing_file_is_told_where_it_is_named()
    {
        ToolRun run = folder.Verify("""
            {"id": "a", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/none.json"},
                {"id": "b", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("provablesec.json:10:", run.Error, StringComparison.Ordinal);
        Assert.Contains("none.json does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("! a", run.Output, StringComparison.Ordinal);
        Assert.Contains("✓ b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Globs_find_files_in_folders_and_in_order()
    {
        foreach (string name in (string[])["b", "a", "c/d"])
        {
            folder.Write($"more/{name}.json", "{");
        }

        ToolRun run = folder.VerifyText("""{"version":1,"documents":[{"files":"./more/**/*.json","type":"scp"},{"files":"more/?.json","type":"scp"}]}""", "--format", "github");
        Assert.Equal(["more/a.json", "more/b.json", "more/c/d.json"], run.Lines[..^1].Select(line => line.Split("file=")[1].Split(',')[0]).Distinct());
        Assert.Contains("3 documents", run.Lines[^1], StringComparison.Ordinal);
    }
}
