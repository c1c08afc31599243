using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Properties over patterns of files, their owners and waivers.</summary>
public sealed class PropertyTests : IDisposable
{
    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const string Stop = """ "id": "stop", "says": "Nobody stops instances", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/stop.json" """;

    [Fact]
    public void A_property_is_asked_of_each_policy_of_a_pattern()
    {
        folder.Write("policies/roles/other.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""");
        ToolRun run = folder.Verify("""{"id": "a", "question": "not-granted", "policies": "policies/roles/*.json", "forbidden": "properties/stop.json"}""");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack policies/roles/app.json)", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 pairs of stack and property", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_owner_and_the_rationale_stand_below_what_is_violated()
    {
        ToolRun run = folder.Verify($$"""{ {{Stop}}, "owner": "platform@example.org", "rationale": "An instance that stops takes its data with it." }""");
        Assert.Contains("    Owner: platform@example.org\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("    Why it matters: An instance that stops takes its data with it.\n", run.Output, StringComparison.Ordinal);
        ToolRun json = folder.Verify($$"""{ {{Stop}}, "owner": "platform@example.org" }""", "--format", "sarif");
        Assert.Contains("\"owner\": \"platform@example.org\"", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waived_violation_is_shown_and_does_not_count()
    {
        ToolRun run = folder.Verify($$"""{ {{Stop}}, "waivers": [{"stack": "a*", "reason": "until the new schedule", "owner": "ops", "until": "2999-12-31"}] }""");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("~ stop  Nobody stops instances  violated", run.Output, StringComparison.Ordinal);
        Assert.Contains("(waived until 2999-12-31)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Waived for app until 2999-12-31: until the new schedule (ops)", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 violated and waived", run.Lines[^1], StringComparison.Ordinal);
        foreach (string format in (string[])["json", "ndjson", "sarif", "github", "junit", "markdown"])
        {
            Assert.Equal(0, folder.Verify($$"""{ {{Stop}}, "waivers": [{"reason": "later", "until": "2999-12-31"}] }""", "--format", format).ExitCode);
        }
    }

    [Fact]
    public void A_waiver_that_is_over_or_covers_nothing_is_a_finding_with_its_place()
    {
        ToolRun over = folder.Verify($$"""
            { {{Stop}}, "waivers": [
                {"reason": "later", "until": "2001-01-31"}] }
            """);
        Assert.Equal(1, over.ExitCode);
        Assert.Contains("✗ stop", over.Output, StringComparison.Ordinal);
        Assert.Matches(@"warning: .*provablesec\.json:11:5: the waiver of stop ended on 2001-01-31; fix what it covers, or decide anew", over.Output);
        ToolRun nothing = folder.Verify($$"""{ {{Stop}}, "expect": "violated", "waivers": [{"stack": "app", "reason": "later", "until": "2999-01-31"}] }""");
        Assert.Equal(1, nothing.ExitCode);
        Assert.Matches(@"warning: .*provablesec\.json:\d+:\d+: the waiver of stop for app covers no violation; take it out", nothing.Output);
    }

    [Theory]
    [InlineData("\"waivers\": {}", "waivers must be an array of objects with reason and until")]
    [InlineData("\"waivers\": [1]", "a waiver must be an object")]
    [InlineData("\"waivers\": [{\"until\": \"2999-01-31\"}]", "this waiver has no reason")]
    [InlineData("\"waivers\": [{\"reason\": \"x\"}]", "this waiver has no until")]
    [InlineData("\"waivers\": [{\"reason\": \" \", \"until\": \"2999-01-31\"}]", "the reason of a waiver is empty")]
    [InlineData("\"waivers\": [{\"reason\": \"x\", \"until\": \"31.1.2999\"}]", "\"31.1.2999\" is not a day; expected for example 2027-01-31")]
    [InlineData("\"waivers\": [{\"reason\": \"x\", \"untill\": \"2999-01-31\"}]", "\"untill\" is not a member of a waiver; did you mean \"until\"?")]
    [InlineData("\"except\": \"none*\"", "no stack of the property matches none*")]
    [InlineData("\"except\": \"app\"", "except leaves no stack, so that nothing would be proved")]
    [InlineData("\"policies\": \"policies/roles/*.json\"", "a property has one of stacks, policy and policies")]
    [InlineData("\"policies\": \"none/*.json\"", "no file matches none/*.json")]
    [InlineData("\"owner\": 1", "owner must be a string")]
    public void A_mistake_in_a_property_is_exit_2_with_its_place(string member, string message)
    {
        ToolRun run = folder.Verify($$"""{ {{Stop}}, {{member}} }""");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"provablesec\.json:\d+:\d+: ", line));
    }

    [Theory]
    [InlineData("""{"a": ["app", "b"], "b": ["a"]}""", "the group \"a\" is in itself: a → b → a; take one of them out")]
    [InlineData("""{"app": ["guarded"]}""", "the group \"app\" is called as a stack is; give it another name")]
    [InlineData("""{"a": []}""", "the group \"a\" must be an array with the name of at least one stack")]
    [InlineData("""{"a": ["ap"]}""", "there is no stack \"ap\"; did you mean \"app\"?")]
    [InlineData("""{"a": ["x*"]}""", "no stack matches x*")]
    [InlineData("[]", "groups must be an object of named groups")]
    public void A_mistake_in_a_group_is_exit_2_with_its_place(string groups, string message)
    {
        ToolRun run = folder.VerifyText($$"""
            {"version": 1, {{VerifyFolder.Stacks}},
             "groups": {{groups}}, "properties": []}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"provablesec\.json:\d+:\d+: ", run.Error);
    }
}
