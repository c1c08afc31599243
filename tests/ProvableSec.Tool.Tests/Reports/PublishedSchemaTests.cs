using System.Reflection;
using System.Text.Json;
using Json.Schema;

namespace ProvableSec.Tool.Tests.Reports;

/// <summary>What other programs read, against the schemas of those who made the formats.</summary>
public sealed class PublishedSchemaTests : IDisposable
{
    private static readonly Lazy<JsonSchema> Sarif = new(() => JsonSchema.FromFile(typeof(PublishedSchemaTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SarifSchema").Value!));
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

    public void Dispose() => folder.Dispose();

    private static void AssertValid(JsonSchema schema, string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        EvaluationResults results = schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join('\n', (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(5).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
    }
}
