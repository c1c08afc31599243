using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Records;

/// <summary>What records are made of.</summary>
internal static class JsonRecord
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a JSON object.</summary>
    /// <param name="write">Writes its members.</param>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes a list of texts.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a list of objects.</summary>
    public static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the members of a problem.</summary>
    public static void Write(Utf8JsonWriter json, PolicyProblem problem)
    {
        json.WriteString("code", problem.Code.ToString());
        json.WriteString("message", problem.Message);
        json.WriteString("pointer", problem.Pointer);
        json.WriteString("file", problem.File);
        Write(json, "at", problem.Position);
    }

    /// <summary>Writes a place.</summary>
    public static void Write(Utf8JsonWriter json, string name, LinePosition place)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(place.Line);
        json.WriteNumberValue(place.Column);
        json.WriteEndArray();
    }

    /// <summary>A member that is a text.</summary>
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is not a text");

    /// <summary>A member that may be null or missing.</summary>
    public static string? TextOrNull(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    /// <summary>A member that is a list of texts.</summary>
    public static ImmutableArray<string> Texts(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetString() ?? throw new FormatException($"{name} is not a list of texts"))];

    /// <summary>A member that is a number.</summary>
    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>The items of a member that is a list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement json, string name) => json.GetProperty(name).EnumerateArray();

    /// <summary>A member that is a place.</summary>
    public static LinePosition Place(this JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Array } place ? new LinePosition(place[0].GetInt32(), place[1].GetInt32())
            : throw new FormatException($"{name} is not a place");

    /// <summary>A problem.</summary>
    public static PolicyProblem Problem(this JsonElement json) => new(
        Enum.TryParse(json.Text("code"), out ProblemCode code) && Enum.IsDefined(code) ? code : throw new FormatException("not a kind of problem"),
        json.Text("message"), default, json.Text("pointer"), json.Place("at"), json.Text("file"));
}
