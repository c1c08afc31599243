using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>A statement of a policy as the only one of a document, and as an Allow: what it speaks of is what it would allow.</summary>
/// <param name="Policy">The policy it is from.</param>
/// <param name="Name">Its <c>Sid</c> where no other statement of the policy has it, else its number from 1.</param>
/// <param name="Document">The document.</param>
/// <param name="IsOfControl">Whether the policy is a control policy: it binds root, too, whom no identity policy is for.</param>
internal sealed partial record StatementAlone(string Policy, string Name, JsonObject Document, bool IsOfControl)
{
    /// <summary>The statements of a policy.</summary>
    public static IEnumerable<StatementAlone> Of(string policy, string text, bool isControl)
    {
        JsonNode document = JsonNode.Parse(Filled(text))!;
        JsonObject[] statements = document["Statement"] switch
        {
            JsonArray several => [.. several.OfType<JsonObject>()],
            JsonObject one => [one],
            _ => [],
        };
        for (int i = 0; i < statements.Length; i++)
        {
            string? sid = statements[i]["Sid"]?.GetValue<string>();
            string name = sid is not (null or "") && statements.Count(s => s["Sid"]?.GetValue<string>() == sid) == 1 ? sid : $"{i + 1}";
            var statement = (JsonObject)statements[i].DeepClone();
            statement["Effect"] = "Allow";
            var alone = new JsonObject { ["Statement"] = statement };
            if (document["Version"] is { } version)
            {
                alone["Version"] = version.DeepClone();
            }

            yield return new StatementAlone(policy, name, alone, isControl);
        }
    }

    /// <summary>
    /// Asks for a request that the statement applies to. A document that only limits grants nothing, so its statement is asked about as one that does:
    /// of a resource policy where it says whose requests it is about, else of an identity policy.
    /// </summary>
    public IEnumerable<Query> CanApply()
    {
        bool namesPrincipal = Document["Statement"] is JsonObject statement && (statement.ContainsKey("Principal") || statement.ContainsKey("NotPrincipal"));
        yield return Can(Document, namesPrincipal ? PolicyType.Resource : PolicyType.Identity);
        if (IsOfControl && !namesPrincipal)
        {
            var everybody = (JsonObject)Document.DeepClone();
            everybody["Statement"]!["Principal"] = "*";
            yield return Can(everybody, PolicyType.Resource) with { Request = RequestPattern.Any with { PrincipalType = PrincipalKind.Root } };
        }
    }

    private Query Can(JsonObject document, PolicyType type) => new()
    {
        Question = Question.Can,
        Subject = Subject.Of(PolicyReader.Read(new DocumentText(document.ToJsonString(), Policy))),
        Type = type,
        Explain = false,
    };

    /// <summary>Examples have blanks, which whoever uses them fills in; some look like policy variables.</summary>
    private static string Filled(string text) => Blank().Replace(text, blank => blank.Value switch
    {
        var b when b.Contains("account", StringComparison.OrdinalIgnoreCase) => "111122223333",
        var b when b.Contains("org-id", StringComparison.Ordinal) => "o-a1b2c3d4e5",
        var b when b.Contains("resource", StringComparison.Ordinal) => "arn:aws:s3:::reports/*",
        var b when b.Contains("SIGNATURE_AGE", StringComparison.Ordinal) => "600000",
        "<action>" => "s3:GetObject",
        "${Region}" => "eu-west-1",
        var b => b.Trim('<', '>', '[', ']'),
    });

    [GeneratedRegex(@"<[a-z][a-z0-9-]*>|\[[A-Z_]+\]|\$\{(Account|Region)\}")]
    private static partial Regex Blank();
}
