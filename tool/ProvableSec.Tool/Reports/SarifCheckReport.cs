using System.Text.Json;
using ProvableSec.Rules;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Output;
using ProvableSec.Tool.Proving;
using ProvableSec.Tool.Scanning;

namespace ProvableSec.Tool.Reports;

/// <summary>SARIF 2.1.0: a result for each finding.</summary>
internal sealed class SarifCheckReport : ICheckReport
{
    public void Write(CheckResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            var sarif = new SarifWriter(json, [.. RuleCatalogue.OfCheck.Select(Described)], path => path, text => text);
            sarif.Begin();
            json.WriteStartArray("results");
            foreach (CheckFinding located in result.Findings)
            {
                json.WriteStartObject();
                sarif.Rule(located.Finding.Rule.Id);
                json.WriteString("level", SarifWriter.Level(ScanResult.SeverityOf(located.Finding.Severity)));
                sarif.Message("message", located.Finding.Message);
                sarif.Locations(located.Place);
                if (located.Finding.Related is [var related, ..])
                {
                    sarif.Locations("relatedLocations", ReportPlace.Of(located.Source, related));
                }

                json.WriteStartObject("partialFingerprints");
                json.WriteString("policy/v1", $"{located.Finding.Rule.Id}{located.Finding.Pointer}");
                json.WriteEndObject();
                json.WriteStartObject("properties");
                json.WriteString("pointer", located.Finding.Pointer);
                json.WriteString("accessAnalyzer", located.Finding.Rule.AccessAnalyzer);
                if (located.Finding.Witness is { } witness)
                {
                    json.WritePropertyName("witness");
                    AnswerJson.WriteWitness(json, witness);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            sarif.End();
        }

        console.Output.Write("\n"u8);
    }

    private static SarifRule Described(Rule rule) =>
        new(rule.Id, rule.Title, ScanResult.SeverityOf(rule.Severity), $"{rule.Why} {rule.Remedy} (CWE-{rule.Cwe}{(rule.AccessAnalyzer is { } code ? ", IAM Access Analyzer " + code : "")})") { Tags = SarifRule.TagsOf(rule) };
}
