using System.Text.Json;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>SARIF 2.1.0: a result for each finding.</summary>
internal sealed class SarifCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            var sarif = new SarifWriter(json, [.. RuleCatalogue.OfCheck.Concat(result.OwnRules).Select(rule => SarifRule.Of(rule))], path => path,
                text => text);
            sarif.Begin();
            json.WriteStartArray("results");
            HashSet<CheckFinding> known = new(result.Known, ReferenceEqualityComparer.Instance);
            foreach (CheckFinding located in result.Findings.Concat(result.Known))
            {
                json.WriteStartObject();
                sarif.Rule(located.Finding.Rule.Id);
                if (result.HasBaseline)
                {
                    json.WriteString("baselineState", known.Contains(located) ? "unchanged" : "new");
                }

                if (located.Finding.IsUnknown)
                {
                    // SARIF 2.1.0, 3.27.9 "kind property": somebody has to look.
                    json.WriteString("kind", "review");
                    json.WriteString("level", "none");
                }
                else
                {
                    json.WriteString("level", SarifWriter.Level(Severities.Of(located.Finding.Severity)));
                }

                sarif.Message("message", located.Finding.Message);
                sarif.Locations(located.Place);
                if (located.Finding.Related is [var related, ..])
                {
                    sarif.Locations("relatedLocations", ReportPlace.Of(located.Source, related));
                }

                json.WriteStartObject("partialFingerprints");
                json.WriteString("policy/v2", located.Finding.Fingerprint);
                if (located.Finding.Scanned is { } scanned)
                {
                    json.WriteString("credential/v1", scanned);
                }

                json.WriteEndObject();
                json.WriteStartObject("properties");
                json.WriteString("pointer", located.Finding.Pointer);
                json.WriteString("statement", located.Finding.Statement?.Name);
                json.WriteString("accessAnalyzer", located.Finding.Rule.AccessAnalyzer);
                if (located.Finding.Witness is { } witness)
                {
                    json.WritePropertyName("witness");
                    AnswerJson.WriteWitness(json, witness);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            foreach (BaselineEntry gone in result.Gone)
            {
                WriteGone(json, sarif, gone);
            }

            json.WriteEndArray();
            sarif.End();
        }

        console.Output.Write("\n"u8);
    }

    /// <summary>A result that is no more (SARIF 2.1.0, 3.27.24 "baselineState property").</summary>
    private static void WriteGone(Utf8JsonWriter json, SarifWriter sarif, BaselineEntry gone)
    {
        json.WriteStartObject();
        sarif.Rule(gone.Rule);
        json.WriteString("baselineState", "absent");
        json.WriteString("level", "none");
        json.WriteString("kind", "pass");
        sarif.Message("message", $"{gone.Count} finding{(gone.Count == 1 ? "" : "s")} of the baseline in {gone.File} {(gone.Count == 1 ? "is" : "are")} gone");
        json.WriteStartObject("partialFingerprints");
        json.WriteString("policy/v2", gone.Fingerprint);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
