using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProvableSec.Report.Output;

/// <summary>Writes events of OCSF as lines of JSON. What an event does not have is not in it: no null, and nothing that is empty.</summary>
internal sealed class OcsfLines(Stream output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an event.</summary>
    /// <param name="json">As the database writes it, with a member for every attribute.</param>
    public void Write(string json)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            Write(document.RootElement, writer);
        }

        output.Write("\n"u8);
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject().Where(member => !IsEmpty(member.Value)))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement element in value.EnumerateArray().Where(element => !IsEmpty(element)))
                {
                    Write(element, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => value.EnumerateObject().All(member => IsEmpty(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsEmpty),
        _ => false,
    };
}
