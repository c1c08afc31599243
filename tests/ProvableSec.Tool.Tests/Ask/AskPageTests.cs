using System.Text.Json;

namespace ProvableSec.Tool.Tests.Ask;

/// <summary>The page and the schema say what the reader of an organization file does.</summary>
public sealed class AskPageTests : IDisposable
{
    private const string Dump = """
        {"UserDetailList":[],"IsTruncated":false,
         "RoleDetailList":[{"RoleName":"app","Arn":"arn:aws:iam::111122223333:role/app",
           "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}},
           "RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}}]}]}
        """;

    private const string Region = """{"Version":"2012-10-17","Statement":{"Sid":"Region","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_organization_on_the_page_binds_the_accounts_below_its_targets()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "commands", "ask.md"));
        string organization = folder.Write("organization.json", page.Split("```json organization\n")[1].Split("```")[0]);
        folder.Write("policies/full.json", PolicyJson.Everything);
        folder.Write("policies/regions.json", Region);
        folder.Write("policies/rcp.json", PolicyJson.Everything);
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--organization", organization);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("arn:aws:iam::111122223333:role/app, arn:aws:iam::111122223333:root\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("except   when StringNotEquals aws:RequestedRegion \"eu-west-1\" \"Region\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_knows_every_member_of_the_schema_and_tells_of_others()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "schemas", "organization.schema.json")));
        foreach (JsonProperty member in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            string value = member.Name switch
            {
                "$schema" => "\"x\"",
                "organization" => """{"accounts":{"111122223333":"o-a/r-a/ou-a/"}}""",
                _ => "{\"r-a\":[]}"
            };
            string others = member.Name is "organization" or "$schema" ? "" : ""","organization":{"accounts":{"111122223333":"o-a/r-a/ou-a/"}}""";
            ToolRun run = Ask($"{{\"{member.Name}\":{value}{others}}}");
            Assert.True(run.ExitCode == 0, $"{member.Name}: {run.Error}");
            Assert.Empty(run.Error);
        }

        ToolRun unknown = Ask("""{"color":1}""");
        Assert.Equal(0, unknown.ExitCode);
        Assert.Contains("o.json:1:2: \"color\" is not a member of an organization file and is not read", unknown.Error, StringComparison.Ordinal);
    }

    private ToolRun Ask(string organization) => ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", folder.Write("d.json", Dump), "--organization",
        folder.Write("o.json", organization));
}
