using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Ask;

/// <summary>Writes a question about a stack as <c>prove --batch</c> reads it.</summary>
internal static class QueryJson
{
    public static void Write(Utf8JsonWriter json, string id, Query query)
    {
        PolicyStack stack = query.Subject.Stack!;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("question", QuestionNames.NameOf(query.Question));
        if (query.Expected is { } expected)
        {
            json.WriteString("expected", VerdictWords.Of(expected));
        }

        if (query.World == World.Free)
        {
            json.WriteString("world", "free");
        }

        if (query.DefaultReadingsOnly)
        {
            json.WriteString("readings", "default");
        }

        // A line is proved by all its questions together, so that one may say nothing by itself.
        json.WriteString("vacuous", "allow");
        if (query.AsOf != ServiceCatalogue.Default.Date)
        {
            json.WriteString("asOf", query.AsOf);
        }

        json.WriteNumber("budget", query.Budget);
        WriteStack(json, stack);
        json.WritePropertyName("request");
        WriteRequest(json, query.Request);
        json.WritePropertyName(query.Question == Question.Granted ? "required" : "forbidden");
        PolicyJson.Write(json, query.Property!);
        json.WriteEndObject();
    }

    private static void WriteStack(Utf8JsonWriter json, PolicyStack stack)
    {
        if (stack.Account is { } account)
        {
            json.WriteString("account", account);
        }

        foreach (PolicyLayerInfo layer in PolicyLayers.All)
        {
            if (layer.Documents(stack) is { } levels)
            {
                json.WritePropertyName(layer.Name);
                Write(json, layer.Shape, levels);
            }
            else if (layer.IsNone(stack))
            {
                json.WriteNull(layer.Name);
            }
        }

        if (stack.Organization is { } organization)
        {
            json.WriteStartObject("organization");
            json.WriteString("id", organization.Id);
            json.WriteString("managementAccount", organization.ManagementAccount);
            json.WriteStartObject("accounts");
            foreach (KeyValuePair<string, string> member in organization.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                json.WriteString(member.Key, member.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, PolicyLayerShape shape, ImmutableArray<ImmutableArray<PolicyDocument>> levels)
    {
        switch (shape)
        {
            case PolicyLayerShape.One:
                PolicyJson.Write(json, levels[0][0]);
                break;
            case PolicyLayerShape.List:
                PolicyJson.Write(json, levels[0]);
                break;
            default:
                json.WriteStartArray();
                foreach (ImmutableArray<PolicyDocument> level in levels)
                {
                    PolicyJson.Write(json, level);
                }

                json.WriteEndArray();
                break;
        }
    }

    private static void WriteRequest(Utf8JsonWriter json, RequestPattern request)
    {
        json.WriteStartObject();
        foreach ((string name, FieldPattern? field) in ((string, FieldPattern?)[])[("principal", request.Principal), ("action", request.Action),
            ("resource", request.Resource)])
        {
            if (field is not null)
            {
                json.WritePropertyName(name);
                WriteField(json, field);
            }
        }

        if (request.PrincipalType is { } type)
        {
            json.WriteString("principalType", CallerPrincipal.Word(type));
        }

        if (request.ResourceAccount is { } account)
        {
            json.WriteString("resourceAccount", account);
        }

        if (!request.Context.IsEmpty)
        {
            json.WriteStartObject("context");
            foreach (KeyValuePair<string, FieldPattern> item in request.Context)
            {
                json.WritePropertyName(item.Key);
                WriteField(json, item.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, FieldPattern field)
    {
        switch (field)
        {
            case { IsAbsent: true }:
                json.WriteNullValue();
                break;
            case { Like: [], Literals: [string literal] }:
                json.WriteStringValue(literal);
                break;
            default:
                json.WriteStartObject();
                json.WriteStartArray("any");
                foreach (string literal in field.Literals)
                {
                    json.WriteStringValue(literal);
                }

                foreach (string like in field.Like)
                {
                    json.WriteStartObject();
                    json.WriteString("like", like);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
        }
    }
}
