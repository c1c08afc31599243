using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Variables, and configurations that extend others.</summary>
public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Variables_stand_in_any_string()
    {
        ToolRun run = folder.VerifyText("""
            {"version": 1, "variables": {"account": 111122223333, "policies": "policies", "roles": "{{policies}}/roles", "actions": ["iam:CreateUser", "iam:DeleteUser"]},
             "stacks": {"app-{{account}}": {"account": "{{account}}", "identityPolicies": ["{{ roles }}/app.json"]}},
             "properties": [{"id": "users", "question": "not-granted", "stacks": ["app-111122223333"],
               "forbidden": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["{{actions}}", "iam:CreateGroup"], "Resource": "arn:aws:iam::{{account}}:*/${aws:username}"}}}]}
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("\"{{none}}/x.json\"", "{\"a\": 1}", "2:43: there is no variable \"none\"; there are a")]
    [InlineData("\"{{acount}}/x.json\"", "{\"account\": 1}", "2:43: there is no variable \"acount\"; did you mean \"account\"?")]
    [InlineData("\"{{a}}/x.json\"", "{\"a\": \"{{b}}\", \"b\": \"{{a}}\"}",
        "1:35: the variable \"a\" is made of itself: a → b → a; give one of them a value of its own")]
    [InlineData("\"{{a}}/x.json\"", "{\"a\": [1, 2]}", "2:43: the variable \"a\" is a list, which stands for elements of an array: [\"{{a}}\"]")]
    [InlineData("\"x\"", "{\"a\": []}", "1:35: the variable \"a\" is an empty list; give it a value")]
    [InlineData("\"x\"", "{\"a\": {}}", "1:35: the variable \"a\" must be a string, a number or an array of these; this is an object")]
    [InlineData("\"x\"", "{\"a b\": \"\"}", "1:30: \"a b\" is not the name of a variable")]
    [InlineData("\"x\"", "[]", "1:29: variables must be an object of names and their values; this is an array")]
    public void A_mistake_in_variables_is_told_with_its_place(string path, string variables, string message)
    {
        ToolRun run = folder.VerifyText($$"""
            {"version": 1, "variables": {{variables}},
             "stacks": {"app": {"identityPolicies": [ {{path}} ]} } }
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("provablesec.json:" + message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_behind_a_variable_is_told_where_it_stands_in_the_file()
    {
        ToolRun run = folder.VerifyText("""
            {"version": 1, "variables": {"long": "a-name-that-is-much-longer-than-the-variable"}, "stacks": {"{{long}}": {"identityPolicies": ["none.json"]}}}
            """);
        Assert.Contains("provablesec.json:1:132: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Much_from_little_is_refused()
    {
        string doubled = string.Join(", ", Enumerable.Range(0, 60).Select(i => $"\"v{i}\": \"{(i == 0 ? "x" : $"{{{{v{i - 1}}}}}{{{{v{i - 1}}}}}")}\""));
        ToolRun run = folder.VerifyText($$$"""{"version": 1, "variables": { {{{doubled}}} }, "stacks": {"app": {"identityPolicies": ["{{v59}}"]} } }""");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has more than 16777216 characters", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_many_files_is_refused()
    {
        for (int i = 0; i < 70; i++)
        {
            folder.Write($"chain-{i}.json", $$"""{"version": 1, "extends": "chain-{{i + 1}}.json"}""");
        }

        ToolRun run = folder.VerifyText("""{"version": 1, "extends": "chain-0.json"}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"chain-62\.json:1:27: a configuration is made of at most 64 files; extend fewer", run.Error);
    }

    [Fact]
    public void What_extends_overrides_and_adds()
    {
        folder.Write("base/base.json", """
            {"version": 1, "variables": {"role": "../policies/roles/none.json"},
             "stacks": {"app": {"identityPolicies": ["{{role}}"]}},
             "properties": [{"id": "roles", "says": "No roles", "question": "not-granted", "stacks": ["app"], "forbidden": "../properties/roles.json"},
                            {"id": "regions", "says": "No Regions", "question": "not-granted", "stacks": ["app"], "forbidden": "../properties/regions.json"}]}
            """);
        ToolRun run = folder.VerifyText("""
            {"version": 1, "extends": "base/base.json", "variables": {"role": "../policies/roles/app.json"},
             "properties": [{"id": "regions", "says": "Known", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/regions.json", "expect": "violated"},
                            {"id": "stop", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/stop.json", "expect": "violated"}]}
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["roles", "regions", "stop"], run.Lines.Where(line => line[0] is '✓' or '~').Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_circle_of_files_is_told_and_read_once()
    {
        folder.Write("a.json", """{"version": 1, "extends": ["provablesec.json"], "stacks": {}}""");
        ToolRun run = folder.VerifyText("""{"version": 1, "extends": "a.json", "properties": []}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"a\.json:1:28: extends leads in a circle: \S*provablesec\.json → \S*a\.json → \S*provablesec\.json; take one of them out", run.Error);
    }

    [Fact]
    public void A_file_that_cannot_be_extended_is_told_where_it_is_named()
    {
        folder.Write("policy.json", """{"Version": "2012-10-17", "Statement": []}""");
        ToolRun run = folder.VerifyText("""{"version": 1, "extends": ["none.json", "policy.json", ""]}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"provablesec\.json:1:28: .*none\.json does not exist", run.Error);
        Assert.Matches(@"policy\.json:1:1: this is an IAM policy, not a configuration", run.Error);
        Assert.Contains("the path of what is extended is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_what_is_extended_is_told_with_its_file()
    {
        folder.Write("base.json", """{"version": 1, "stacks": {"app": {"identityPolices": []}}}""");
        ToolRun run = folder.VerifyText("""{"version": 1, "extends": "base.json", "properties": [{"id": "a", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/stop.json"}]}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"base\.json:1:35: ""identityPolices"" is not a member of the stack ""app""; did you mean ""identityPolicies""\?", run.Error);
    }

    [Fact]
    public void Check_reads_the_types_of_documents_through_variables_and_what_is_extended()
    {
        folder.Write("base.json", """{"version": 1, "documents": [{"files": ["{{folder}}/*.json"], "type": "scp"}]}""");
        folder.Write("provablesec.json", """{"version": 1, "extends": "base.json", "variables": {"folder": "policies/scp"}}""");
        ToolRun run = ToolRun.Command("check", folder["policies/scp/mfa.json"], "--format", "json");
        Assert.DoesNotContain("identity", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }
}
