using System.Text.Json;
using System.Xml.Linq;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary>What other tools read.</summary>
public sealed class VerifyFormatTests : IDisposable
{
    private const string Holds = """{"id": "holds", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""";
    private const string Violated = """{"id": "violated", "says": "100%: no, never", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/regions.json"}""";
    private const string Undecided = """{"id": "undecided", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json", "budget": 1}""";
    private const string NotAsked = """{"id": "not-asked", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/none.json"}""";

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private JsonElement Sarif(string properties)
    {
        ToolRun run = folder.Verify(properties, "--format", "sarif");
        Assert.DoesNotContain(folder["x"][..^1], run.Output, StringComparison.Ordinal);
        JsonElement sarif = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());
        Assert.EndsWith("sarif-schema-2.1.0.json", sarif.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        return Assert.Single(sarif.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public void Sarif_has_a_rule_for_each_property_and_a_result_for_each_failure()
    {
        JsonElement run = Sarif($"{Holds},{Violated},{Undecided}");
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("provablesec", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(["holds", "violated", "undecided"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules, rule => Assert.NotEqual("", rule.GetProperty("shortDescription").GetProperty("text").GetString()));
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(["violated", "undecided"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.All(results, result => Assert.Equal(result.GetProperty("ruleId").GetString(),
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        Assert.Equal(("error", "none"), (results[0].GetProperty("level").GetString(), results[1].GetProperty("level").GetString()));
        Assert.Equal("open", results[1].GetProperty("kind").GetString());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void Sarif_points_to_the_deciding_token()
    {
        JsonElement result = Sarif(Violated).GetProperty("results")[0];
        JsonElement location = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.Equal("policies/roles/app.json", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        JsonElement region = location.GetProperty("region");
        Assert.Equal(
            (6, 5, 6, 16),
            (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(), region.GetProperty("endLine").GetInt32(),
                region.GetProperty("endColumn").GetInt32()));
        Assert.Equal("account:EnableRegion", result.GetProperty("properties").GetProperty("witness").GetProperty("action").GetString());
    }

    [Fact]
    public void Sarif_tells_a_broken_configuration_as_an_unsuccessful_run()
    {
        JsonElement invocation = Sarif($"{Holds},{NotAsked}").GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        JsonElement notification = Assert.Single(invocation.GetProperty("toolConfigurationNotifications").EnumerateArray());
        Assert.Equal("provablesec.json", notification.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation")
            .GetProperty("uri").GetString());
    }

    [Fact]
    public void Sarif_uris_are_escaped()
    {
        folder.Write("policies/scp/a b#.json", "{");
        JsonElement result = Sarif(Holds).GetProperty("results")[0];
        Assert.Equal("policies/scp/a%20b%23.json", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation")
            .GetProperty("uri").GetString());
        Assert.StartsWith("document-", result.GetProperty("ruleId").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void GitHub_annotations_are_escaped_and_placed()
    {
        ToolRun run = folder.Verify($"{Holds},{Violated},{Undecided},{NotAsked}", "--format", "github");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("::error file=policies/roles/app.json,line=6,col=5,endColumn=15,title=violated::100%25: no, never: violated. ", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("::warning file=provablesec.json,line=", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("::error file=provablesec.json,line=", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal("holds: holds. given: identity policy (1), account 111122223333. assumed: no-direct-grants. stronger: give the resource's policy (resourcePolicy, null where it has none)", run.Lines[3]);
        Assert.StartsWith("4 properties: 1 holds, 1 violated, 1 unknown, 1 not asked", run.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void GitHub_titles_and_files_may_hold_separators()
    {
        folder.Write("policies/scp/a,b:c%.json", "{");
        ToolRun run = folder.Verify(Holds, "--format", "github");
        Assert.StartsWith("::error file=policies/scp/a%2Cb%3Ac%25.json,line=1,col=", run.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document()
    {
        ToolRun run = folder.Verify($"{Holds},{Violated},{NotAsked}", "--format", "json");
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, root.GetProperty("v").GetInt32());
        JsonElement[] properties = [.. root.GetProperty("properties").EnumerateArray()];
        Assert.Equal([true, false, false], properties.Select(property => property.GetProperty("ok").GetBoolean()));
        Assert.Equal("app", properties[1].GetProperty("stack").GetString());
        Assert.Equal("identityPolicies[0]", properties[1].GetProperty("because")[0].GetProperty("policy").GetString());
        Assert.Contains("none.json", properties[2].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Single(root.GetProperty("problems").EnumerateArray());
        Assert.Equal(3, root.GetProperty("documents").GetInt32());
    }

    [Fact]
    public void Ndjson_is_a_line_a_property()
    {
        ToolRun run = folder.Verify($"{Holds},{Violated}", "--format", "ndjson");
        Assert.Equal(["holds", "violated"], run.Answers.Select(answer => answer.GetProperty("verdict").GetString()));
        Assert.Contains("2 properties: 1 holds, 1 violated", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_is_a_test_case_a_property()
    {
        ToolRun run = folder.Verify($"{Holds},{Violated},{Undecided},{NotAsked}", "--format", "junit");
        XElement suite = XDocument.Parse(run.Output).Root!;
        Assert.Equal(("4", "1", "1", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors"),
            (string?)suite.Attribute("skipped")));
        Assert.Equal(["system-out", "failure", "skipped", "error"], suite.Elements().Select(test => test.Elements().SingleOrDefault()?.Name.LocalName));
    }

    [Fact]
    public void Markdown_does_not_let_text_become_markup()
    {
        ToolRun run = folder.Verify(Violated.Replace("100%", "a | <b> *c*", StringComparison.Ordinal), "--format", "markdown");
        Assert.Contains("| ✗ | `violated` | `a \\| <b> *c*: no, never` | violated |", run.Output, StringComparison.Ordinal);
        Assert.Contains("- **`violated`** (`policies/roles/app.json:6`): ", run.Output, StringComparison.Ordinal);
    }
}
