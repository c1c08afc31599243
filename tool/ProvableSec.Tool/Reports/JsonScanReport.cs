using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Tool.Output;
using ProvableSec.Tool.Scanning;

namespace ProvableSec.Tool.Reports;

/// <summary>An array of findings.</summary>
internal sealed class JsonScanReport : IScanReport
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
                json.WriteString("severity", ScanResult.Word(located.Finding.Severity));
                json.WriteString("file", located.File);
                json.WriteNumber("line", located.Start.Line);
                json.WriteNumber("column", located.Start.Column);
                json.WriteString("message", located.Finding.Message);
                json.WriteString("fingerprint", located.Finding.Fingerprint);
                if (located.Blob is not null)
                {
                    json.WriteString("object", located.Blob);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        console.Output.Write("\n"u8);
    }
}
