using System.Text.Json;

namespace ProvableSec.Runtime.Tests.Rules;

/// <summary>The page and the schema say what the reader does.</summary>
public sealed class LogFilterPageTests
{
    [Fact]
    public void The_rules_on_the_page_can_be_used()
    {
        string page = File.ReadAllText(Repository.Path("docs/log-filter.md"));
        string rules = page.Split("```json rules\n")[1].Split("```")[0];
        Assert.Equal(["suspicious", "health-checks", "ordinary"], Lines.Read(rules).Rules.Select(rule => rule.Id));
    }

    [Fact]
    public void The_schema_has_every_field_of_a_condition_and_no_other()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Repository.Path("schemas/log-rules.schema.json")));
        IEnumerable<string> described = schema.RootElement.GetProperty("$defs").GetProperty("condition").GetProperty("properties").EnumerateObject()
            .Select(field => field.Name);
        string expected = LogRulesReader.Read("{\"version\":1,\"rules\":[{\"id\":\"a\",\"when\":{\"x\":1},\"then\":\"drop\"}]}"u8).Problems[0].Message
            .Split("expected one of ")[1];
        Assert.Equal(expected.Split(", ").Order(), described.Order());
    }
}
