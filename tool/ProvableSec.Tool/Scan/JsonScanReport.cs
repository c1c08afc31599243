using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>An array of findings.</summary>
internal sealed class JsonScanReport : IReport<ScanResult>
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public void Write(ScanResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, Options))
        {
            json.WriteStartArray();
            foreach (LocatedFinding located in result.Findings)
            {
                json.WriteStartObject();
                json.WriteString("rule", located.Finding.Rule.Id);
                json.WriteString("severity", VerdictWords.Of(located.Finding.Severity));
                WritePlace(json, located);
                json.WriteString("message", located.Finding.Message);
                json.WriteString("fingerprint", located.Finding.Fingerprint);
                if (located.AlsoAt.Count > 0)
                {
                    json.WriteStartArray("alsoAt");
                    foreach (LocatedFinding other in located.AlsoAt)
                    {
                        json.WriteStartObject();
                        WritePlace(json, other);
                        json.WriteString("fingerprint", other.Finding.Fingerprint);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        console.Output.Write("\n"u8);
    }

    private static void WritePlace(Utf8JsonWriter json, LocatedFinding located)
    {
        json.WriteString("file", located.File);
        json.WriteNumber("line", located.Start.Line);
        json.WriteNumber("column", located.Start.Column);
        if (located.Blob is not null)
        {
            json.WriteString("object", located.Blob);
        }
    }
}
