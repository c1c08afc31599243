using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Check;

/// <summary>A finding, written down so that it is read again as it was, without the text of its file but for what a report shows of the line.</summary>
internal static class CheckFindingRecord
{
    /// <summary>Writes the members of one.</summary>
    public static void Write(Utf8JsonWriter json, CheckFinding located, int place)
    {
        PolicyFinding finding = located.Finding;
        json.WriteNumber("place", place);
        json.WriteString("file", located.Source.Name);
        FindingRecord.Write(json, located);
        Write(json, "start", located.Source, finding.Span.Start);
        Write(json, "end", located.Source, finding.Span.End);
        JsonRecord.WriteAll(json, "related", finding.Related, related =>
        {
            Write(json, "start", located.Source, related.Start);
            Write(json, "end", located.Source, related.End);
        });
        if (located.ShowsText && StubText.Window.Around(located.Source, located.Place.Start) is { } window)
        {
            json.WriteStartObject("shown");
            json.WriteNumber("line", window.Line);
            json.WriteNumber("from", window.From);
            json.WriteNumber("length", window.Length);
            json.WriteString("text", window.Text);
            json.WriteEndObject();
        }
    }

    /// <summary>What a report needs of the text of the file of a record.</summary>
    public static void Add(JsonElement json, StubText text)
    {
        text.Add(json.Place("start"));
        text.Add(json.Place("end"));
        foreach (JsonElement related in json.List("related"))
        {
            text.Add(related.Place("start"));
            text.Add(related.Place("end"));
        }

        if (json.TryGetProperty("shown", out JsonElement shown))
        {
            text.Add(new StubText.Window(shown.Number("line"), shown.Number("from"), shown.Number("length"), shown.Text("text")));
        }
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="json">The record.</param>
    /// <param name="source">What is known of the text of its file.</param>
    /// <param name="ruleOf">The rule of an id; null for none.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static CheckFinding Read(JsonElement json, DocumentText source, Func<string, Rule?> ruleOf)
    {
        return FindingRecord.Read(json, source, Span(json), [.. json.List("related").Select(Span)], ruleOf);

        TextRange Span(JsonElement of)
        {
            int start = StubText.OffsetOf(source, of.Place("start"));
            return TextRange.FromBounds(start, Math.Max(start, StubText.OffsetOf(source, of.Place("end"))));
        }
    }

    private static void Write(Utf8JsonWriter json, string name, DocumentText source, int offset) => JsonRecord.Write(json, name, source.PositionOf(offset));
}
