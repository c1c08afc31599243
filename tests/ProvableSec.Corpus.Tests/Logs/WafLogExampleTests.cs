using System.Text;
using System.Text.Json.Nodes;
using ProvableSec.Logs;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Corpus.Tests.Logs;

/// <summary>The full records of the AWS WAF Developer Guide.</summary>
[Trait("Category", "Corpus")]
public sealed class WafLogExampleTests
{
    private static string[] Examples()
    {
        Assert.SkipUnless(SharedData.Exists, "the corpus is not beside the repository");
        return File.ReadAllLines(SharedData.Path("data/waf-log-examples.ndjson"));
    }

    [Fact]
    public void Every_example_is_a_record_and_none_is_dropped()
    {
        // All seven show a match: counted, blocked, a CAPTCHA solved or not.
        string text = string.Join('\n', Examples());
        var output = new ByteBuffer();
        LogFilterSession session = new LogFilter(LogRules.Default).CreateSession();
        session.FilterLines(Encoding.UTF8.GetBytes(text), isFinal: true, output);
        Assert.Equal(text, Encoding.UTF8.GetString(output.Written));
        Assert.Equal((7, 0), (session.Counts.Records, session.Counts.Unprocessed));
    }

    [Fact]
    public void Redaction_changes_the_values_it_names_and_nothing_else()
    {
        LogRules rules = LogRulesReader.Read("""{"version":1,"redact":[{"field":"header","except":["host"],"by":"mask"},{"field":"clientIp","by":"prefix"}]}"""u8).Rules!;
        foreach (string example in Examples())
        {
            var output = new ByteBuffer();
            new LogFilter(rules).CreateSession().Filter(Encoding.UTF8.GetBytes(example), output);
            JsonNode expected = JsonNode.Parse(example)!;
            IEnumerable<JsonNode?> headers = [.. expected["httpRequest"]!["headers"]!.AsArray(), .. expected["requestHeadersInserted"] as JsonArray ?? []];
            foreach (JsonObject header in headers.OfType<JsonObject>()
                .Where(header => !((string)header["name"]!).Equals("host", StringComparison.OrdinalIgnoreCase)))
            {
                header[header.ContainsKey("value") ? "value" : "myValue"] = "REDACTED";
            }

            string address = (string)expected["httpRequest"]!["clientIp"]!;
            expected["httpRequest"]!["clientIp"] = address[..address.LastIndexOf('.')] + ".0";
            Mask(expected);
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(output.Written)), Encoding.UTF8.GetString(output.Written));
        }
    }

    private static void Mask(JsonNode? node)
    {
        foreach (JsonNode? child in node is JsonArray array ? [.. array] : node is JsonObject record ? record.Select(member => member.Value).ToArray() : [])
        {
            Mask(child);
        }

        if (node is JsonObject holder && holder["matchedData"] is JsonArray data)
        {
            holder["matchedData"] = new JsonArray([.. data.Select(_ => (JsonNode)"REDACTED")]);
        }
    }
}
