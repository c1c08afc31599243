using System.Text.Json;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Records;

/// <summary>A request of an answer, written down so that it is read again as it was.</summary>
internal static class WitnessRecord
{
    /// <summary>Writes one; null for none.</summary>
    public static void Write(Utf8JsonWriter json, string name, Witness? witness)
    {
        if (witness is null)
        {
            json.WriteNull(name);
            return;
        }

        AccessRequest request = witness.Request;
        json.WriteStartObject(name);
        json.WriteString("principal", request.Principal.Name);
        json.WriteString("kind", CallerPrincipal.Word(request.Principal.Kind));
        json.WriteString("action", request.Action);
        json.WriteString("resource", request.Resource);
        json.WriteString("account", request.ResourceAccount);
        json.WriteStartArray("context");
        foreach (ContextEntry entry in request.Context)
        {
            json.WriteStartObject();
            json.WriteString("key", entry.Key);
            json.WriteString("folded", entry.FoldedKey);
            JsonRecord.Write(json, "values", entry.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("readings", (int)witness.Readings);
        json.WriteNumber("supposed", (int)witness.Supposed);
        json.WriteEndObject();
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Witness? Read(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : new Witness(
        new AccessRequest(
            CallerPrincipal.TryParse(json.Text("principal"), CallerPrincipal.KindOf(json.Text("kind")), out string problem)
                ?? throw new FormatException(problem),
            json.Text("action"),
            json.Text("resource"),
            json.TextOrNull("account"),
            [.. json.GetProperty("context").EnumerateArray().Select(entry =>
                new ContextEntry(entry.Text("key"), entry.Text("folded"), entry.Texts("values")))]),
        (Reading)json.GetProperty("readings").GetInt32(),
        (Supposition)json.GetProperty("supposed").GetInt32());
}
