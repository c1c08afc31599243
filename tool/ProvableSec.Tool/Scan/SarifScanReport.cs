using System.Text.Json;
using ProvableSec.Rules;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>SARIF 2.1.0: a result for each finding, with a fingerprint that outlives changes around it.</summary>
internal sealed class SarifScanReport : IReport<ScanResult>
{
    public void Write(ScanResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            SarifRule[] rules =
            [
                .. CredentialRules.All.Select(rule => SarifRule.Of(rule)),
            ];
            var sarif = new SarifWriter(json, rules, path => path, text => text);
            sarif.Begin();
            json.WriteStartArray("results");
            foreach (LocatedFinding located in result.Findings)
            {
                json.WriteStartObject();
                sarif.Rule(located.Finding.Rule.Id);
                json.WriteString("level", SarifWriter.Level(Severities.Of(located.Finding.Severity)));
                sarif.Message("message", located.Finding.Message);
                // Several only where "a change at every specified location" is needed (3.27.12): so it is.
                sarif.Locations("locations", located.Places.Select(place => new ReportPlace(place.File, place.Start, place.End)));
                json.WriteStartObject("partialFingerprints");
                json.WriteString("credential/v1", located.Finding.Fingerprint);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            sarif.End();
        }

        console.Output.Write("\n"u8);
    }
}
