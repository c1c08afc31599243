using System.Text.Json;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary>Every role of dumps, under the control policies of the organization that their accounts lie in.</summary>
public sealed class OrganizationTests : IDisposable
{
    private const string Roles = """ "stacks": {"roles": {"each": "role", "files": "dumps/*.json"}} """;

    private const string Stop = """ "properties": [{"id": "stop", "says": "Nobody but Admin stops the trail", "question": "not-granted", "stacks": ["roles"], "forbidden": "stop.json", "except": "*:role/Admin"}] """;

    private readonly OrganizationFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Control_policies_bind_the_roles_of_their_accounts()
    {
        ToolRun run = folder.Verify($"""
            "organization": "organization.json", {Roles}, {Stop}
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("✗ stop  Nobody but Admin stops the trail  violated", run.Output, StringComparison.Ordinal);
        Assert.Contains($"(stack roles/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Operator)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(OrganizationFolder.Guarded, run.Output, StringComparison.Ordinal);
        Assert.Contains("2 pairs of stack and property", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_organization_nothing_binds_them()
    {
        ToolRun run = folder.Verify($"{Roles}, {Stop}");
        Assert.Contains($"The same of roles/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Operator, of 2 stacks.".Replace(OrganizationFolder.Sandbox,
            OrganizationFolder.Guarded, StringComparison.Ordinal), run.Output.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void Equal_stacks_are_asked_about_once()
    {
        for (int i = 0; i < 20; i++)
        {
            folder.Write($"dumps/more-{i}.json", OrganizationFolder.Dump($"2000000000{i:00}", "Operator", "Reader"));
        }

        ToolRun run = folder.Verify($$"""{{Roles}}, "properties": [{"id": "users", "question": "not-granted", "stacks": ["roles"], "forbidden": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*"} } }]""", "--format", "json");
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(44, root.GetProperty("pairs").GetInt32());
        Assert.Equal(1, root.GetProperty("questions").GetInt32());
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Sets_groups_and_patterns_name_stacks()
    {
        const string Property = """ "question": "not-granted", "forbidden": "stop.json" """;
        ToolRun run = folder.Verify($$"""
            "organization": "organization.json", {{Roles}}, "groups": {"work": ["roles/*:{{OrganizationFolder.Guarded}}:*"], "most": ["work"]},
            "properties": [{"id": "group", {{Property}}, "stacks": ["most"], "except": ["*Admin"]}, {"id": "pattern", {{Property}}, "stacks": ["*:{{OrganizationFolder.Guarded}}:role/Operator"]},
                           {"id": "sandbox", {{Property}}, "stacks": ["arn:aws:iam::{{OrganizationFolder.Sandbox}}:role/O*"], "expect": "violated"}]
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 properties: 2 hold, 1 violated as expected", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_dump_does_not_have_is_unknown_and_hides_nobody_else()
    {
        folder.Write("dumps/work.json", OrganizationFolder.Dump(OrganizationFolder.Guarded, "Admin", "Operator")
            .Replace("\"AttachedManagedPolicies\": []", "\"AttachedManagedPolicies\": [{\"PolicyArn\": \"arn:aws:iam::aws:policy/Other\"}]",
            StringComparison.Ordinal));
        ToolRun run = folder.Verify($"""
            "organization": "organization.json", {Roles}, {Stop}
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"(stack roles/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Operator)", run.Output, StringComparison.Ordinal);
        File.Delete(folder["dumps/sandbox.json"]);
        ToolRun alone = folder.Verify($"""
            "organization": "organization.json", {Roles}, {Stop}
            """);
        Assert.Equal(3, alone.ExitCode);
        Assert.Contains("the managed policy arn:aws:iam::aws:policy/Other is not in the dump's Policies",
            alone.Output.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_of_its_own_is_linked_by_its_account_unless_it_says_otherwise()
    {
        const string Property = """ "question": "not-granted", "forbidden": "stop.json" """;
        const string Policy = """ "identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "cloudtrail:*", "Resource": "*"}}] """;
        ToolRun run = folder.Verify($$"""
            "organization": "organization.json",
            "stacks": {"bound": {"account": "{{OrganizationFolder.Guarded}}", {{Policy}} }, "free": {"account": "{{OrganizationFolder.Guarded}}", {{Policy}}, "organization": null},
                       "top": {"account": "{{OrganizationFolder.Management}}", {{Policy}} } },
            "properties": [{"id": "bound", {{Property}}, "stacks": ["bound"], "request": {"principal": "arn:aws:iam::{{OrganizationFolder.Guarded}}:role/x"} },
                           {"id": "free", {{Property}}, "stacks": ["free"], "expect": "violated"}, {"id": "top", {{Property}}, "stacks": ["top"], "expect": "violated"}]
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void The_organization_may_stand_in_the_configuration()
    {
        string organization = File.ReadAllText(folder["organization.json"]);
        ToolRun run = folder.Verify($"""
            "organization": {organization}, {Roles}, {Stop}
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(OrganizationFolder.Guarded, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"o-example/r-root/ou-a/ou-b/ou-a/\"", "\"o-example/r-root/\"",
        "ou-a lies below itself in the path of 111122223333; write each unit once, from the root down")]
    [InlineData("\"o-example/r-root/ou-a/ou-b/\"", "\"o-example/r-root/ou-b/ou-a/\"",
        "ou-b lies in r-root here, and in ou-a in the path of 111122223333; it can lie in one of them only")]
    [InlineData("\"ou-a/r-root\"", "\"o-example/r-root/\"", "\"ou-a/r-root\" is not the path of an account; expected organization, root and units")]
    public void Units_that_cannot_lie_so_are_told_with_their_place(string guarded, string sandbox, string message)
    {
        folder.Write("organization.json", $$"""
            {"organization": {"id": "o-example",
                "accounts": {"{{OrganizationFolder.Guarded}}": {{guarded}}, "{{OrganizationFolder.Sandbox}}": {{sandbox}} } },
             "serviceControlPolicies": {"r-root": ["scps/full.json"]} }
            """);
        ToolRun run = folder.Verify($"""
            "organization": "organization.json", {Roles}, {Stop}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"organization\.json:2:\d+: ", run.Error);
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
        Assert.Contains("the organization", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"each": "rolle", "files": "dumps/*.json"}""", "each must be one of role, user, principal, resource, not \"rolle\"")]
    [InlineData("""{"each": "role"}""", "the stacks \"roles\" have no files")]
    [InlineData("""{"each": "role", "files": "none/*.json"}""", "no file matches none/*.json")]
    [InlineData("""{"each": "role", "files": "stop.json"}""", "stop.json: this is an IAM policy; \"each\": \"role\" reads an account dump")]
    [InlineData("""{"each": "role", "files": ["dumps/*.json", "organization.json"]}""",
        "organization.json: this is an organization with its control policies; \"each\": \"role\" reads")]
    [InlineData("""{"each": "user", "files": "dumps/*.json"}""", "no user is in the files of \"roles\", so that nothing would be proved")]
    [InlineData("""{"each": "role", "files": "dumps/*.json", "except": "*"}""",
        "no role is left in the files of \"roles\", so that nothing would be proved; except fewer")]
    [InlineData("""{"each": "role", "files": "dumps/*.json", "expect": "*"}""", "\"expect\" is not a member of the stacks \"roles\"; did you mean \"except\"?")]
    public void A_mistake_in_a_set_is_exit_2_with_its_place(string set, string message)
    {
        ToolRun run = folder.Verify($$"""
            "stacks": {"roles": {{set}} }, {{Stop}}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"provablesec\.json:\d+:\d+: ", line));
        Assert.Contains("! stop", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_the_organization_does_not_have_is_a_mistake()
    {
        folder.Write("dumps/other.json", OrganizationFolder.Dump("123123123123", "Operator"));
        ToolRun run = folder.Verify($"""
            "organization": "organization.json", {Roles}, {Stop}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the account 123123123123 is not in the organization", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_policy_of_a_resource_is_asked_about()
    {
        folder.Write("buckets/a.json", """{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::a/*\"}]}"}""");
        folder.Write("buckets/b.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}""");
        ToolRun run = folder.Verify("""
            "stacks": {"buckets": {"each": "resource", "files": "buckets/*.json"}}, "properties": [{"id": "public", "question": "no-public-access", "stacks": ["buckets"]}]
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a.json)", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 pairs of stack and property", run.Output, StringComparison.Ordinal);
    }
}
