using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Analytics.Pages;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Report.Output;

/// <summary>A question and its answer as a line of JSON.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static void Write(ReportSection section, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("id", section.Id);
            json.WriteString("title", section.Title);
            json.WriteStartArray("rows");
            foreach (IReadOnlyList<object?> row in section.Answer.Rows)
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Count; i++)
                {
                    json.WritePropertyName(section.Answer.Columns[i]);
                    JsonValueWriter.Write(json, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }
}
