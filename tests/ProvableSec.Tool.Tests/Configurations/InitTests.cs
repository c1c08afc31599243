using System.Text.Json;

namespace ProvableSec.Tool.Tests.Configurations;

/// <summary><c>init</c>: a configuration from what is in a folder.</summary>
public sealed class InitTests : IDisposable
{
    private readonly OrganizationFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_can_be_verified()
    {
        folder.Write("dumps/work.json", OrganizationFolder.Dump(OrganizationFolder.Guarded, "Admin", "Operator").Replace("\"Policies\": []", "\"Policies\": [{\"PolicyName\": \"AdministratorAccess\", \"Arn\": \"arn:aws:iam::aws:policy/AdministratorAccess\", \"PolicyVersionList\": [{\"VersionId\": \"v1\", \"IsDefaultVersion\": true, \"Document\": {\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}}]}]", StringComparison.Ordinal)
            .Replace("role/Admin\", \"Tags\": [], \"AttachedManagedPolicies\": []", "role/Admin\", \"Tags\": [], \"AttachedManagedPolicies\": [{\"PolicyName\": \"AdministratorAccess\", \"PolicyArn\": \"arn:aws:iam::aws:policy/AdministratorAccess\"}]", StringComparison.Ordinal));
        folder.Write("buckets/a.json", """{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::a/*\"}]}"}""");
        ToolRun init = ToolRun.Command("init", folder[""]);
        Assert.Equal("", init.Error);
        Assert.Equal(0, init.ExitCode);
        Assert.Contains("2 account dumps", init.Output, StringComparison.Ordinal);
        Assert.Contains("1 organization", init.Output, StringComparison.Ordinal);
        JsonElement written = JsonDocument.Parse(File.ReadAllText(folder["provablesec.json"])).RootElement;
        Assert.Equal("organization.json", written.GetProperty("organization").GetString());
        Assert.Equal("arn:*:iam::*:role/Admin", written.GetProperty("variables").GetProperty("guardians")[0].GetString());
        ToolRun verify = ToolRun.Command("verify", folder["provablesec.json"], "--format", "json");
        JsonElement[] properties = [.. JsonDocument.Parse(verify.Output).RootElement.GetProperty("properties").EnumerateArray()];
        Assert.Equal("", verify.Error);
        Assert.Equal(["guardrails-stay", "no-escalation", "policies-spare-guardrails", "policies-do-not-escalate", "nothing-is-public"],
            properties.Select(property => property.GetProperty("id").GetString()));
        Assert.Equal("violated", properties[0].GetProperty("verdict").GetString());
        Assert.Equal($"principals/arn:aws:iam::{OrganizationFolder.Sandbox}:role/Admin",
            properties[0].GetProperty("stack").GetString()!.Replace("Operator", "Admin", StringComparison.Ordinal));
        Assert.Equal("violated", properties[^1].GetProperty("verdict").GetString());
        Assert.Contains("`guardrails-stay`", File.ReadAllText(folder["provablesec.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_and_resources_of_templates_are_members_of_sets()
    {
        using var templates = new TemporaryFolder();
        templates.Write("t/app.yaml", """
            Resources:
              App:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}]}
                  Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'iam:PutRolePolicy', Resource: '*'}]}}]
              Open:
                Type: AWS::S3::BucketPolicy
                Properties: {Bucket: site, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Principal: '*', Resource: 'arn:aws:s3:::site/*'}]}}
            """);
        ToolRun init = ToolRun.Command("init", templates[""]);
        Assert.Equal("", init.Error);
        ToolRun verify = ToolRun.Command("verify", templates["provablesec.json"]);
        Assert.Equal("", verify.Error);
        Assert.Contains("✓ deployed-roles-spare-guardrails", verify.Output, StringComparison.Ordinal);
        Assert.Contains("✗ deployed-roles-do-not-escalate", verify.Output, StringComparison.Ordinal);
        Assert.Contains("✗ nothing-is-public", verify.Output, StringComparison.Ordinal);
        Assert.Contains("`managedPolicies`", File.ReadAllText(templates["provablesec.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        foreach (string name in (string[])["provablesec.json", "provablesec.md"])
        {
            folder.Write(name, "mine");
            ToolRun run = ToolRun.Command("init", folder[""]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"{name} is there already and is not overwritten; --output FILE writes another, --dry-run prints what would be written", run.Error, StringComparison.Ordinal);
            Assert.Equal("mine", File.ReadAllText(folder[name]));
            File.Delete(folder[name]);
        }
    }

    [Fact]
    public void A_dry_run_prints_and_writes_nothing()
    {
        ToolRun run = ToolRun.Command("init", folder[""], "--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("version").GetInt32());
        Assert.False(File.Exists(folder["provablesec.json"]));
    }

    [Fact]
    public void Another_place_has_paths_that_lead_back()
    {
        folder.Write("gate/README", "x");
        ToolRun run = ToolRun.Command("init", folder[""], "--output", folder["gate/main.json"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"../dumps/work.json\"", File.ReadAllText(folder["gate/main.json"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["gate/main.md"]));
        Assert.Equal("", ToolRun.Command("verify", folder["gate/main.json"], "--allow-outside").Error);
    }

    [Fact]
    public void An_empty_folder_is_told_what_was_looked_for()
    {
        folder.Write("empty/x.json", "{}");
        ToolRun run = ToolRun.Command("init", folder["empty"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has nothing to write a configuration about: none of its 1 JSON and YAML files is one of policies (JSON with Statement), CloudFormation and SAM templates, account dumps", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["empty/provablesec.json"]));
        Assert.Contains("does not exist", ToolRun.Command("init", folder["none"]).Error, StringComparison.Ordinal);
        Assert.Contains("is a file; expected a folder", ToolRun.Command("init", folder["stop.json"]).Error, StringComparison.Ordinal);
    }
}
