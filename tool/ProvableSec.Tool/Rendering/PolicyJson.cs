using System.Text.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Rendering;

/// <summary>Policies as values of a larger JSON text.</summary>
internal static class PolicyJson
{
    public static void Write(Utf8JsonWriter json, PolicyDocument document)
    {
        using JsonDocument parsed = JsonDocument.Parse(PolicyWriter.Write(document));
        parsed.RootElement.WriteTo(json);
    }

    public static void Write(Utf8JsonWriter json, IEnumerable<PolicyDocument> documents)
    {
        json.WriteStartArray();
        foreach (PolicyDocument document in documents)
        {
            Write(json, document);
        }

        json.WriteEndArray();
    }
}
