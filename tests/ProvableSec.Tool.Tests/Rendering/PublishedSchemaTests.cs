using System.Reflection;
using System.Text.Json;
using Json.Schema;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>What other programs read, against the schemas of those who made the formats.</summary>
public sealed class PublishedSchemaTests : IDisposable
{
    private static readonly Lazy<JsonSchema> Sarif =
        new(() => JsonSchema.FromFile(typeof(PublishedSchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "SarifSchema").Value!));
    private static readonly Lazy<JsonSchema> Asff = new(() => JsonSchema.FromFile(Path.Combine(Repository.Root, "schemas", "asff-findings.schema.json")));

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("check", "samples/policies")]
    [InlineData("check", "samples/guardrails")]
    [InlineData("scan", "samples/policies")]
    [InlineData("verify", "samples/guardrails/provablesec.json")]
    public void SARIF_is_what_its_schema_says(string command, string path)
    {
        string text = ToolRun.Command(command, Path.Combine(Repository.Root, path), "--format", "sarif").Output;
        AssertValid(Sarif.Value, text);
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void SARIF_with_a_baseline_and_the_baseline_are_what_their_schemas_say()
    {
        static string Policy(string action) => $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["{{action}}", "iam:PassRole"], "Resource": "*"}]}""";
        string file = folder.Write("a.json", Policy("s3:GetObjct"));
        ToolRun.Command("check", file, "--write-baseline", folder["b.json"]);
        AssertValid(JsonSchema.FromFile(Path.Combine(Repository.Root, "schemas", "baseline.schema.json")), File.ReadAllText(folder["b.json"]));
        folder.Write("a.json", Policy("s3:GetObjekt"));
        string text = ToolRun.Command("check", file, "--baseline", folder["b.json"], "--format", "sarif").Output;
        AssertValid(Sarif.Value, text);
        Assert.Contains("\"absent\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("111122223333", "eu-west-1")]
    [InlineData("111122223333", "us-gov-west-1")]
    public void ASFF_is_what_Security_Hub_takes(string account, string region)
    {
        // A message of many characters, a file name of odd ones.
        string actions = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"\"s3:Nothing{i}\""));
        folder.Write("ä b.json", $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [{{actions}}], "Resource": "*"}]}""");
        foreach (string path in (string[])[Path.Combine(Repository.Root, "samples", "policies"), folder["ä b.json"]])
        {
            string text = ToolRun.Command("check", path, "--format", "asff", "--account", account, "--region", region).Output;
            AssertValid(Asff.Value, text);
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement[] findings = [.. json.RootElement.GetProperty("Findings").EnumerateArray()];
            Assert.NotEmpty(findings);
            Assert.Equal(findings.Length, findings.Select(finding => finding.GetProperty("Id").GetString()).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("""{"Findings": [{"Id": "x"}]}""")]
    [InlineData("""{"Finding": []}""")]
    public void The_schema_of_ASFF_refuses_what_is_not(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.False(Asff.Value.Evaluate(json.RootElement).IsValid);
    }

    [Fact]
    public void The_schema_of_configurations_knows_each_member_of_a_property()
    {
        // The message about a member that is not known lists those that are.
        ToolRun run =
            ToolRun.Command("verify", folder.Write("p.json", """{"version": 1, "properties": [{"id": "q", "question": "not-granted", "nonesuch": 1}]}"""));
        string message = run.Error.Split("not a member of a property; expected one of ")[1].Split('\n')[0];
        Assert.Equal(Members("provablesec.schema.json", "property"), message.Trim().Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_schema_of_configurations_knows_each_member_of_a_set_of_stacks()
    {
        ToolRun run = ToolRun.Command("verify", folder.Write("p.json", """{"version": 1, "stacks": {"roles": {"each": "role", "files": "p.json", "nonesuch": 1}}, "properties": []}"""));
        string message = run.Error.Split("not a member of the stacks \"roles\"; expected one of ")[1].Split('\n')[0];
        Assert.Equal(Members("provablesec.schema.json", "stackSet"), message.Trim().Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_member_of_a_question_that_the_schema_knows_is_read()
    {
        string[] members = Members("case.schema.json", "query");
        Assert.Contains("without", members);
        Assert.Contains("readings", members);
        string questions = string.Concat(members.Select(member => $"{{\"question\": \"can\", \"{member}\": 1}}\n")
            .Append("{\"question\": \"can\", \"nonesuch\": 1}\n"));
        string[] lines = ToolRun.Command("prove", "--batch", folder.Write("q.ndjson", questions)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(members.Length + 1, lines.Length);
        Assert.All(lines[..^1], line => Assert.DoesNotContain("is not a member of a query", line, StringComparison.Ordinal));
    }

    private static string[] Members(string schema, string definition)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "schemas", schema)));
        return [.. json.RootElement.GetProperty("$defs").GetProperty(definition).GetProperty("properties").EnumerateObject().Select(member => member.Name)
            .Order(StringComparer.Ordinal)];
    }

    public void Dispose() => folder.Dispose();

    private static void AssertValid(JsonSchema schema, string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        EvaluationResults results = schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join('\n', (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(5)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
    }
}
