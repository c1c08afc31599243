using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Records;

/// <summary>A statement of a policy, or of a line of access, written down so that it is read again as it was, its places aside.</summary>
internal static class StatementRecord
{
    /// <summary>Writes the members of one.</summary>
    public static void Write(Utf8JsonWriter json, Statement statement)
    {
        json.WriteNumber("index", statement.Index);
        json.WriteString("sid", statement.Sid);
        json.WriteBoolean("allow", statement.Effect == Effect.Allow);
        if (statement.Principal is { } principal)
        {
            json.WriteStartObject("principal");
            json.WriteBoolean("not", principal.IsNot);
            JsonRecord.WriteAll(json, "entries", principal.Entries, entry =>
            {
                json.WriteString("kind", entry.Kind.ToString());
                json.WriteString("value", entry.Value);
            });
            json.WriteEndObject();
        }

        Write(json, "action", statement.Action.IsNot, statement.Action.Patterns);
        if (statement.Resource is { } resource)
        {
            Write(json, "resource", resource.IsNot, resource.Patterns);
        }

        JsonRecord.WriteAll(json, "conditions", statement.Conditions, condition =>
        {
            json.WriteString("operator", condition.Operator.Name);
            json.WriteString("key", condition.Key);
            Write(json, "values", false, condition.Values);
        });
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Statement Read(JsonElement json) => new(
        json.Number("index"),
        json.TextOrNull("sid"),
        json.GetProperty("allow").GetBoolean() ? Effect.Allow : Effect.Deny,
        json.TryGetProperty("principal", out JsonElement principal)
            ? new PrincipalClause(principal.GetProperty("not").GetBoolean(),
                [.. principal.List("entries")
                    .Select(entry => new PrincipalEntry(Enum.Parse<PrincipalEntryKind>(entry.Text("kind")), entry.Text("value"), default))], default)
            : null,
        new ActionClause(IsNot(json.GetProperty("action")), Patterns(json.GetProperty("action"), ofResource: false), default),
        json.TryGetProperty("resource", out JsonElement resource) ? new ResourceClause(IsNot(resource), Patterns(resource, ofResource: true), default) : null,
        [.. json.List("conditions").Select(condition => new Condition(ConditionOperator.Parse(condition.Text("operator"), out _), condition.Text("key"),
            condition.Text("key").ToLowerInvariant(), Patterns(condition.GetProperty("values"), ofResource: false), default, default))],
        default);

    private static void Write(Utf8JsonWriter json, string name, bool isNot, ImmutableArray<PolicyPattern> patterns)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("not", isNot);
        JsonRecord.WriteAll(json, "patterns", patterns, pattern =>
        {
            json.WriteString("text", pattern.Text);
            json.WriteBoolean("plain", pattern.IsPlain);
        });
        json.WriteEndObject();
    }

    private static bool IsNot(JsonElement clause) => clause.GetProperty("not").GetBoolean();

    private static ImmutableArray<PolicyPattern> Patterns(JsonElement clause, bool ofResource) =>
    [
        .. clause.List("patterns").Select(pattern => pattern.Text("text") is var text && pattern.GetProperty("plain").GetBoolean() ? PolicyPattern.Plain(text)
            : ofResource ? PolicyPattern.ResourceWithVariables(text, default, out _) : PolicyPattern.WithVariables(text, default, out _)),
    ];
}
