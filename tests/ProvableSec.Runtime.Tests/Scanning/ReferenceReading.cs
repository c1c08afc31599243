using System.Text.Json;
using System.Text.Unicode;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>What a line is and what the default rules make of it, by System.Text.Json and by nothing of the filter.</summary>
internal static class ReferenceReading
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Whether a line is one JSON object.</summary>
    public static bool IsRecord(byte[] line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        try
        {
            bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }

            // The reader leaves the bytes of strings unread.
            return isObject && Utf8.IsValid(line);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether an object is a record of AWS WAF whose request has the kinds of values that AWS WAF writes.</summary>
    public static bool IsWafRecord(byte[] line)
    {
        using JsonDocument document = JsonDocument.Parse(line, Options);
        JsonProperty[] members = [.. document.RootElement.EnumerateObject()];
        return members.Any(member => Name(member) is "webaclId" or "terminatingRuleId" || (Name(member) == "httpRequest" && IsRequest(member.Value)))
            && members.All(member => Name(member) switch
            {
                "httpRequest" => member.Value.ValueKind == JsonValueKind.Null
                    || (member.Value.ValueKind == JsonValueKind.Object
                        && member.Value.EnumerateObject().All(part => Name(part) != "headers" || AreHeaders(part.Value))),
                "requestHeadersInserted" => AreHeaders(member.Value),
                _ => true,
            });
    }

    private static bool IsRequest(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject()
            .Any(part => Name(part) is "clientIp" or "country" or "uri" or "args" or "httpMethod" or "requestId");

    /// <summary>Whether a member that the filter reads occurs twice in its object.</summary>
    public static bool Repeats(byte[] line)
    {
        using JsonDocument document = JsonDocument.Parse(line, Options);
        return Repeats(document.RootElement, "record");
    }

    /// <summary>Whether the default rules drop it, nothing being repeated.</summary>
    public static bool Drops(byte[] line)
    {
        using JsonDocument document = JsonDocument.Parse(line, Options);
        JsonElement record = document.RootElement;
        return Is(record, "action", "ALLOW") && Is(record, "terminatingRuleId", "Default_Action")
            && !Matches(record, "nonTerminatingMatchingRules")
            && !(record.TryGetProperty("ruleGroupList", out JsonElement groups) && groups.ValueKind != JsonValueKind.Null
                && (groups.ValueKind != JsonValueKind.Array || groups.EnumerateArray().Any(group => group.ValueKind != JsonValueKind.Object
                    || Matches(group, "nonTerminatingMatchingRules") || Matches(group, "excludedRules")
                        || (group.TryGetProperty("terminatingRule", out JsonElement rule) && rule.ValueKind != JsonValueKind.Null))));
    }

    private static bool AreHeaders(JsonElement value) => value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(header => header.ValueKind is JsonValueKind.Object or JsonValueKind.Null));

    private static bool Is(JsonElement record, string name, string text) =>
        record.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && Text(value) == text;

    /// <summary>A lone surrogate has no text; it equals nothing.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Matches(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out JsonElement rules) && rules.ValueKind != JsonValueKind.Null
            && (rules.ValueKind != JsonValueKind.Array || rules.GetArrayLength() > 0);

    private static bool Repeats(JsonElement value, string what)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return what.EndsWith('s') && value.EnumerateArray().Any(element => Repeats(element, what[..^1] + "!"));
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        (string[] names, (string, string)[] inside) = Shape(what);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name = Name(member);
            if (names.Contains(name) && !seen.Add(name))
            {
                return true;
            }

            if (inside.FirstOrDefault(i => i.Item1 == name) is { Item2: { } next } && Repeats(member.Value, next))
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>An array's name ends in "s", an element's in "!", an object's in neither.</summary>
    private static (string[] Names, (string, string)[] Inside) Shape(string what) => what switch
    {
        "record" => (
            ["timestamp", "webaclId", "terminatingRuleId", "terminatingRuleType", "action", "terminatingRuleMatchDetails", "httpSourceName", "httpSourceId",
                "ruleGroupList",
             "rateBasedRuleList", "nonTerminatingMatchingRules", "requestHeadersInserted", "httpRequest", "labels", "ja3Fingerprint", "ja4Fingerprint",
                 "requestBodySize", "responseCodeSent"],
            [("terminatingRuleMatchDetails", "details"), ("ruleGroupList", "groups"), ("rateBasedRuleList", "rates"), ("nonTerminatingMatchingRules", "rules"),
                ("requestHeadersInserted", "headers"), ("httpRequest", "request"), ("labels", "labels")]),
        "request" => (["clientIp", "country", "headers", "uri", "args", "httpMethod", "requestId", "host"], [("headers", "headers")]),
        "header!" => (["name", "value"], []),
        "label!" => (["name"], []),
        "group!" => (["terminatingRule", "nonTerminatingMatchingRules", "excludedRules"],
            [("terminatingRule", "rule!"), ("nonTerminatingMatchingRules", "rules"), ("excludedRules", "excluded rules")]),
        "rule!" => (["ruleId", "action", "overriddenAction", "ruleMatchDetails"], [("ruleMatchDetails", "details")]),
        "excluded rule!" => (["exclusionType", "ruleId"], []),
        "detail!" => (["matchedData"], []),
        "rate!" => (["limitValue", "customValues"], [("customValues", "customs")]),
        "custom!" => (["value"], []),
        _ => ([], []),
    };
}
