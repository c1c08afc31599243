using System.Text.Json.Nodes;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>The question that a certificate states, as the prover reads questions.</summary>
internal static class ClaimedQuestion
{
    /// <summary>Whether the prover, with the assumptions that the certificate makes, proves what it claims.</summary>
    public static bool Holds(string certificate)
    {
        JsonNode claim = JsonNode.Parse(certificate)!["claim"]!;
        JsonArray documents = claim["documents"]!.AsArray();
        JsonNode Document(JsonNode? number) => JsonNode.Parse((string)documents[(int)number!]!["text"]!)!;
        JsonNode Documents(JsonNode? numbers) => new JsonArray([.. numbers!.AsArray().Select(n => n is JsonArray ? Documents(n) : Document(n))]);
        JsonNode Subject(JsonNode value) => value is not JsonObject stack ? Document(value)
            : new JsonObject(stack.Select(m => new KeyValuePair<string, JsonNode?>(
            m.Key, m.Value switch
            {
                null => null,
                JsonArray => Documents(m.Value),
                JsonValue v when v.GetValueKind() == System.Text.Json.JsonValueKind.Number => Document(v),
                _ => m.Value.DeepClone()
            })));
        string question = (string)claim["question"]!;
        var query = new JsonObject { ["question"] = question, ["type"] = claim["type"]!.DeepClone(), ["readings"] = claim["readings"]!.DeepClone() };
        if (Subject(claim["policy"]!) is JsonObject subject && subject.ContainsKey("Statement"))
        {
            query["policy"] = subject;
        }
        else
        {
            foreach (KeyValuePair<string, JsonNode?> member in Subject(claim["policy"]!).AsObject())
            {
                query[member.Key] = member.Value?.DeepClone();
            }
        }

        if (claim["baseline"] is { } baseline)
        {
            query["baseline"] = Subject(baseline);
        }

        if (claim["property"] is { } property)
        {
            query[question == "granted" ? "required" : "forbidden"] = Document(property);
        }

        if (claim["request"] is JsonObject request)
        {
            var asked = new JsonObject();
            foreach (KeyValuePair<string, JsonNode?> member in request)
            {
                // The queries of these tests have one text or pattern for a field, and no context.
                asked[member.Key] = member.Value is JsonObject field ? Field(field) : member.Value!.DeepClone();
            }

            query["request"] = asked;
        }

        string[] given = [.. claim["given"]!.AsArray().Select(g => (string)g!)];
        query["without"] = new JsonArray([.. Prover.AssumptionNames.Except(given).Select(n => (JsonNode)n)]);
        Answer answer = Prover.Answer(Ask.Read(query.ToJsonString()));
        return answer.Witness is null && answer.Verdict == (question == "can" ? Verdict.Violated : Verdict.Holds);
    }

    private static JsonObject Field(JsonObject field) => new()
    {
        ["any"] = new JsonArray(
        [
            .. field["is"]!.AsArray().Select(t => t!.DeepClone()),
            .. (field["like"]?.AsArray() ?? []).Select(t => new JsonObject { ["like"] = t!.DeepClone() }),
        ]),
    };
}
