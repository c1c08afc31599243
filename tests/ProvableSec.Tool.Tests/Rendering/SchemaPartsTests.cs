using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>
/// What the schemas say of questions follows from <see cref="QuestionFacts"/>, and what they say of the layers of a stack is written once: in
/// <c>$defs/stack</c> of <c>case.schema.json</c>, which has each of <see cref="PolicyLayers"/>. PROVABLESEC_WRITE_DOCS=1 writes the rest.
/// </summary>
public sealed class SchemaPartsTests
{
    private const string Cases = "case.schema.json", Configurations = "provablesec.schema.json";

    private static readonly bool Write = Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_DOCS") == "1";

    private static readonly JsonSerializerOptions AsWritten =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject cases = Read(Cases), configurations = Read(Configurations);

    [Fact]
    public void A_stack_has_each_layer_in_the_order_of_the_table() =>
        Assert.Equal(PolicyLayers.All.Select(layer => layer.Name), Layers().Select(layer => layer.Key));

    [Fact]
    public void What_is_said_of_questions_and_layers_is_said_everywhere()
    {
        Definition(cases, "question")["enum"] = Names(_ => true);
        WriteLayers(Definition(cases, "query"));
        WriteLayers(Definition(cases, "case"), but: "resourcePolicy");
        WriteQuestions(Definition(cases, "query"));
        AssertWritten(Cases, cases);

        string[] defined = [.. Definitions(configurations).Select(definition => definition.Key)];
        foreach (string shared in defined.Where(name => Definitions(cases).ContainsKey(name)))
        {
            Definitions(configurations)[shared] = Definition(cases, shared).DeepClone();
        }

        WriteLayers(Definition(configurations, "stackSet"));
        WriteQuestions(Definition(configurations, "property"));
        AssertWritten(Configurations, configurations);
    }

    private static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Repository.Path("schemas/" + name)))!.AsObject();

    private static JsonObject Definitions(JsonObject schema) => schema["$defs"]!.AsObject();

    private static JsonObject Definition(JsonObject schema, string name) => Definitions(schema)[name]!.AsObject();

    private static JsonArray Names(Func<QuestionFacts, bool> which) => [.. QuestionFacts.All.Where(which).Select(facts => (JsonNode)facts.Name)];

    private static void AssertWritten(string name, JsonObject schema)
    {
        string file = Repository.Path("schemas/" + name), expected = schema.ToJsonString(AsWritten) + "\n";
        if (Write)
        {
            File.WriteAllText(file, expected);
        }

        Assert.True(File.ReadAllText(file).ReplaceLineEndings("\n") == expected, $"eng/pages.sh commands writes schemas/{name}");
    }

    /// <summary>The members of a stack that are layers.</summary>
    private IEnumerable<KeyValuePair<string, JsonNode?>> Layers() =>
        Definition(cases, "stack")["properties"]!.AsObject().Where(member => PolicyLayers.Find(member.Key) is not null);

    /// <summary>Puts what is said of the layers of a stack where another definition speaks of them.</summary>
    private void WriteLayers(JsonObject definition, string but = "")
    {
        KeyValuePair<string, JsonNode?>[] members = [.. definition["properties"]!.AsObject()];
        var written = new JsonObject();
        foreach ((string name, JsonNode? member) in members.SelectMany(member => PolicyLayers.Find(member.Key) is null ? [member]
            : member.Key == PolicyLayers.All[0].Name ? Layers() : []))
        {
            written[name] = (name == but ? definition["properties"]![name] : member)!.DeepClone();
        }

        definition["properties"] = written;
    }

    /// <summary>Writes which questions need a member or must not have it, and by what a question without a document names a stack.</summary>
    private void WriteQuestions(JsonObject definition)
    {
        foreach (JsonNode? rule in definition["allOf"]!.AsArray())
        {
            if (rule!["if"]?["properties"]?["question"] is { } asked)
            {
                JsonNode then = rule["then"]!;
                string? needed = then["required"]?[0]!.GetValue<string>(), ruledOut = then["properties"]?.AsObject().First().Key;
                asked["enum"] = Names(facts => ruledOut is null ? Has(facts, needed) : !Has(facts, ruledOut));
                if (then["anyOf"] is JsonArray ways && ways.Any(way => way!["required"]![0]!.GetValue<string>() == PolicyLayers.All[0].Name))
                {
                    then["anyOf"] = new JsonArray([.. Definition(cases, "stack")["properties"]!.AsObject().Select(member => member.Key).Prepend("policy")
                        .Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
                }
            }
        }
    }

    /// <summary>Whether a question has a member of its own; null for a question that has none.</summary>
    private static bool Has(QuestionFacts facts, string? member) => member switch
    {
        "baseline" => facts.Compares,
        QuestionFacts.Forbidden or QuestionFacts.Required => facts.Property == member,
        "request" => facts.Question == Question.Can,
        "policy" => !facts.Compares && facts.Property is null && facts.Question != Question.Can,
        null => !facts.Compares && facts.Property is null,
        _ => facts.Question == Question.NoPublicAccess,
    };
}
