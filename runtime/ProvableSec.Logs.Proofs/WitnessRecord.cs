using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>Writes a model as a log record of AWS WAF, with ordinary values where the model leaves them free.</summary>
internal static class WitnessRecord
{
    private const int PaddingMember = 8, MostPadding = 1 << 24;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The record; null when none has the size that the model asks for.</summary>
    /// <param name="model">The values.</param>
    /// <param name="requestId">The request's id; null for none.</param>
    /// <param name="matched">What rules are to have matched, in <c>matchedData</c>; null for nothing.</param>
    public static string? Write(RecordModel model, string? requestId, string? matched = null)
    {
        // A record with what is needed alone, where one with ordinary values would be too large.
        return Sized(model, requestId, matched, bare: false) ?? Sized(model, requestId, matched, bare: true);
    }

    private static string? Sized(RecordModel model, string? requestId, string? matched, bool bare)
    {
        string record = Write(model, requestId, matched, bare, 0);
        int length = Encoding.UTF8.GetByteCount(record);
        IEnumerable<long> sizes = model.Size.SelectMany(size => new[] { size.Range.AtLeast, size.Range.Below ?? 0 })
            .Where(size => size >= length + PaddingMember).Append(length + PaddingMember).Order().Prepend(length);
        foreach (long size in sizes)
        {
            if (model.Size.TrueForAll(range => CaseAnalysis.Contains(range.Range, size) == range.Inside))
            {
                return size == length ? record : size > MostPadding ? null : Write(model, requestId, matched, bare, (int)size - length);
            }
        }

        return null;
    }

    private static string Write(RecordModel model, string? requestId, string? matched, bool bare, int padding)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            if (!bare)
            {
                json.WriteNumber("timestamp", 1767225600000);
                json.WriteNumber("formatVersion", 1);
            }

            Text(json, "webaclId", model, LogField.WebAclId,
                bare ? null : "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/example/11111111-2222-3333-4444-555555555555");
            Text(json, "terminatingRuleId", model, LogField.TerminatingRuleId, bare ? null : "Default_Action");
            Text(json, "terminatingRuleType", model, LogField.TerminatingRuleType, bare ? null : "REGULAR");
            Text(json, "action", model, LogField.Action, bare ? null : "ALLOW");
            if (matched is not null)
            {
                json.WriteStartArray("terminatingRuleMatchDetails");
                json.WriteStartObject();
                json.WriteString("conditionType", "XSS");
                json.WriteString("location", "ALL_QUERY_ARGS");
                json.WriteStartArray("matchedData");
                json.WriteStringValue(matched);
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
            }

            Text(json, "httpSourceName", model, LogField.HttpSourceName, bare ? null : "ALB");
            Text(json, "httpSourceId", model, LogField.HttpSourceId, bare ? null : "111122223333-app/example/0123456789abcdef");
            MatchingRules(json, model);
            Number(json, "responseCodeSent", model, LogField.ResponseCodeSent);
            json.WriteStartObject("httpRequest");
            Text(json, "clientIp", model, LogField.ClientIp, bare ? null : "198.51.100.7");
            Text(json, "country", model, LogField.Country, bare ? null : "US");
            Headers(json, model);
            Text(json, "uri", model, LogField.Uri, bare ? null : "/");
            Text(json, "args", model, LogField.Args, bare ? null : "");
            Text(json, "httpMethod", model, LogField.HttpMethod, bare ? null : "GET");
            Text(json, "host", model, LogField.Host, null);
            if (requestId is not null)
            {
                json.WriteString("requestId", requestId);
            }

            json.WriteEndObject();
            Labels(json, model);
            Text(json, "ja3Fingerprint", model, LogField.Ja3Fingerprint, null);
            Text(json, "ja4Fingerprint", model, LogField.Ja4Fingerprint, null);
            Number(json, "requestBodySize", model, LogField.RequestBodySize);
            if (padding > 0)
            {
                // ,"x":"" is seven bytes.
                json.WriteString("x", new string('x', padding - PaddingMember + 1));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<string>? Values(RecordModel model, LogField field) => model.Texts.TryGetValue(new RecordVariable(field), out List<string>? values)
        ? values : null;

    private static void Text(Utf8JsonWriter json, string name, RecordModel model, LogField field, string? ordinary)
    {
        List<string>? values = Values(model, field);
        if ((values is null ? ordinary : values.FirstOrDefault()) is { } value)
        {
            json.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, RecordModel model, LogField field)
    {
        if (model.Numbers.TryGetValue(new RecordVariable(field), out long? value) && value is not null)
        {
            json.WriteNumber(name, value.Value);
        }
    }

    private static void MatchingRules(Utf8JsonWriter json, RecordModel model)
    {
        List<string> actions = Values(model, LogField.MatchedAction) ?? [], rules = Values(model, LogField.MatchedRule) ?? [],
            overridden = Values(model, LogField.OverriddenAction) ?? [];
        json.WriteStartArray("nonTerminatingMatchingRules");
        for (int i = 0; i < Math.Max(actions.Count, Math.Max(rules.Count, overridden.Count)); i++)
        {
            json.WriteStartObject();
            if (i < rules.Count)
            {
                json.WriteString("ruleId", rules[i]);
            }

            json.WriteString("action", actions[Math.Min(i, actions.Count - 1)]);
            if (i < overridden.Count)
            {
                json.WriteString("overriddenAction", overridden[i]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Labels(Utf8JsonWriter json, RecordModel model)
    {
        json.WriteStartArray("labels");
        foreach (string label in Values(model, LogField.Label) ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Headers(Utf8JsonWriter json, RecordModel model)
    {
        json.WriteStartArray("headers");
        IEnumerable<(string Name, string Value)> headers =
        [
            .. model.Texts.Where(text => text.Key.Field == LogField.Header).SelectMany(text => text.Value.Select(value => (text.Key.Header!, value))),

            // The request has one host of its own; more than one are possible as headers only.
            .. (Values(model, LogField.Host) ?? []).Skip(1).Select(host => ("host", host)),
        ];
        foreach ((string name, string value) in headers)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
