using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Corpus.Tests.Intents;

/// <summary>
/// What one example policy is meant to achieve, as its name and Sids tell it, as a question. Members that are not the intent's own
/// (<c>question</c>, <c>forbidden</c>, <c>request</c>, …) are the query's, as <c>prove --batch</c> takes them.
/// </summary>
internal sealed class Intent
{
    private const string ForEveryone = """{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}""";
    private const string Open = $$"""{"Version":"2012-10-17","Statement":[{{ForEveryone}}]}""";
    private const string Account = "111122223333";

    private static readonly string[] OwnMembers = ["path", "says", "kind", "fill", "expect", "why", "error"];

    private readonly JsonItem element;

    private Intent(string theme, JsonItem element)
    {
        Theme = theme;
        this.element = element;
    }

    /// <summary>What it is filed under.</summary>
    public string Theme { get; }

    /// <summary>The path of the policy in its repository.</summary>
    public string Path => Text("path");

    /// <summary>What the policy claims, or what somebody may expect of it, in a sentence.</summary>
    public string Says => Text("says");

    /// <summary><c>holds</c>, <c>violated</c> or <c>error</c>.</summary>
    public string Expect => Text("expect");

    /// <summary>Why the claim is not true, and what would make it so; empty where it is true.</summary>
    public string Why => element.TryGetProperty("why", out JsonItem why) ? why.Text : "";

    /// <summary>What is wrong with a document that cannot be read, after its name.</summary>
    public string Error => Text("error");

    /// <summary>All of them, in the order of their files.</summary>
    public static List<Intent> All()
    {
        var intents = new List<Intent>();
        foreach (string file in Directory.EnumerateFiles(Repository.Path("tests/ProvableSec.Corpus.Tests/Intents"), "*.json").Order(StringComparer.Ordinal))
        {
            JsonTree document = JsonTreeReader.Read(new DocumentText(File.ReadAllText(file), System.IO.Path.GetFileName(file)));
            Assert.Empty(document.Problems);
            foreach (JsonItem intent in document.Root.Elements())
            {
                intents.Add(new Intent(System.IO.Path.GetFileNameWithoutExtension(file), intent));
            }
        }

        return intents;
    }

    /// <summary>The query as JSON.</summary>
    /// <param name="policy">The policy's text.</param>
    public string QueryAbout(string policy)
    {
        // Blanks that the policy leaves are text like any other; those filled in here would not even be a value, or are what the intent is about.
        if (element.TryGetProperty("fill", out JsonItem fill))
        {
            foreach (JsonMember blank in fill.Properties())
            {
                Assert.Contains(blank.Name, policy, StringComparison.Ordinal);
                policy = policy.Replace(blank.Name, blank.Value.Text, StringComparison.Ordinal);
            }
        }

        var query = new StringBuilder("{").Append(Stack(policy));
        foreach (JsonMember property in element.Properties())
        {
            if (!OwnMembers.Contains(property.Name))
            {
                query.Append(",\"").Append(property.Name).Append("\":").Append(Raw(property.Value));
            }
        }

        return query.Append('}').ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Says}";

    /// <summary>The stack in which nothing but the policy holds anybody back: what gets through, the policy lets through.</summary>
    private string Stack(string policy) => Text("kind") switch
    {
        "scp" => $"""
            "account":"{Account}","identityPolicies":[{PolicyJson.Everything}],"resourcePolicy":{Open},"serviceControlPolicies":[[{PolicyJson.Everything},{policy}]]
            """,
        "rcp" => $"""
            "resourcePolicy":{Open},"resourceControlPolicies":[[{policy}]]
            """,
        "endpoint" => $"""
            "resourcePolicy":{Open},"vpcEndpointPolicies":[{policy}]
            """,

        // Both resource policies of the corpus only deny, and are made to stand beside what allows.
        "resource" => $$"""
            "resourcePolicy":{"Version":"2012-10-17","Statement":[{{ForEveryone}},{{Statements(policy)}}]}
            """,
        string kind => throw new InvalidOperationException($"{Path}: no kind of policy: {kind}"),
    };

    private static string Statements(string policy)
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText(policy)).Root;
        Assert.True(root.TryGetProperty("Statement", out JsonItem statements));
        return Raw(statements)[1..^1];
    }

    private static string Raw(JsonItem value) => value.Document.Source.Text.Substring(value.Span.Start, value.Span.Length);

    private string Text(string member) =>
        element.TryGetProperty(member, out JsonItem value) ? value.Text : throw new InvalidOperationException($"no {member}: {Raw(element)}");
}
