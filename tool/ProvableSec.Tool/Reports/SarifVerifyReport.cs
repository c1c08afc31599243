using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Output;
using ProvableSec.Tool.Proving;
using ProvableSec.Tool.Verdicts;
using ProvableSec.Tool.Verification;

namespace ProvableSec.Tool.Reports;

/// <summary>SARIF 2.1.0 (OASIS): a rule for each property, a result for each one that is not as wanted and for each problem of a document.</summary>
internal sealed class SarifVerifyReport : IVerifyReport
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" }))
        {
            new Run(json, result).Write();
        }

        console.Output.Write("\n"u8);
        console.Error.WriteLine(VerifySummary.Of(result));
    }

    private sealed class Run
    {
        private readonly Utf8JsonWriter json;
        private readonly VerifyResult result;
        private readonly List<(string Id, string Says, string Level)> rules = [];

        public Run(Utf8JsonWriter json, VerifyResult result)
        {
            this.json = json;
            this.result = result;
            rules.AddRange(result.Reports.Select(report => (report.Id, report.Says, Level(report.Severity))));
            rules.AddRange(result.Findings.Select(finding => (RuleOf(finding.Problem), "A policy document is valid and says what it means", Level(finding.Severity))).DistinctBy(rule => rule.Item1));
        }

        public void Write()
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool();
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteInvocation();
            json.WriteStartArray("results");
            foreach (VerdictReport report in result.Reports)
            {
                if (report.Outcome is Outcome.Violated or Outcome.HoldsUnexpectedly or Outcome.Undecided)
                {
                    WriteResult(report);
                }
            }

            foreach ((PolicyProblem problem, Severity severity) in result.Findings)
            {
                json.WriteStartObject();
                WriteRule(RuleOf(problem));
                json.WriteString("level", Level(severity));
                WriteMessage("message", problem.Message);
                WriteLocations(new ReportPlace(problem.File, problem.Position, problem.Position));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WriteTool()
        {
            json.WriteStartObject("tool");
            json.WriteStartObject("driver");
            json.WriteString("name", "provablesec");
            json.WriteString("version", VersionText.Version);
            json.WriteStartArray("rules");
            foreach ((string id, string says, string level) in rules)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                WriteMessage("shortDescription", says.Length > 0 ? says : id);
                json.WriteStartObject("defaultConfiguration");
                json.WriteString("level", level);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void WriteInvocation()
        {
            json.WriteStartArray("invocations");
            json.WriteStartObject();
            json.WriteBoolean("executionSuccessful", result.Configuration.Problems.IsEmpty);
            if (!result.Configuration.Problems.IsEmpty)
            {
                json.WriteStartArray("toolConfigurationNotifications");
                foreach (PolicyProblem problem in result.Configuration.Problems)
                {
                    json.WriteStartObject();
                    json.WriteString("level", "error");
                    WriteMessage("message", problem.Message);
                    WriteLocations(new ReportPlace(problem.File, problem.Position, problem.Position));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        private void WriteResult(VerdictReport report)
        {
            json.WriteStartObject();
            WriteRule(report.Id);
            if (report.Outcome == Outcome.Undecided)
            {
                // "The tool concluded that there was insufficient information to decide": 3.27.9, which wants the level none.
                json.WriteString("kind", "open");
                json.WriteString("level", "none");
            }
            else
            {
                json.WriteString("level", Level(report.Severity));
            }

            WriteMessage("message", VerdictSentence.Of(report));
            WriteLocations(ReportPlace.Of(report));
            json.WriteStartObject("partialFingerprints");
            json.WriteString("property/v1", report.Stack is { } stack ? $"{report.Id}/{stack}" : report.Id);
            json.WriteEndObject();
            if (report.Answer?.Witness is { } witness)
            {
                json.WriteStartObject("properties");
                json.WritePropertyName("witness");
                AnswerJson.WriteWitness(json, witness);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        private void WriteRule(string id)
        {
            json.WriteString("ruleId", id);
            json.WriteNumber("ruleIndex", rules.FindIndex(rule => rule.Id == id));
        }

        private void WriteMessage(string name, string text)
        {
            json.WriteStartObject(name);
            json.WriteString("text", RelativePath.InText(text, result.Configuration.Name));
            json.WriteEndObject();
        }

        private void WriteLocations(ReportPlace place)
        {
            if (place.File.Length == 0)
            {
                return;
            }

            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri(RelativePath.Of(place.File, result.Configuration.Name)));
            json.WriteEndObject();
            if (place.Start.Line > 0)
            {
                json.WriteStartObject("region");
                WritePosition("start", place.Start);
                if (place.End.CompareTo(place.Start) > 0)
                {
                    WritePosition("end", place.End);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        private void WritePosition(string which, LinePosition at)
        {
            json.WriteNumber(which + "Line", at.Line);
            json.WriteNumber(which + "Column", at.Column);
        }

        private static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

        /// <summary>Problems of documents have no PSEC id yet; what kind they are is stable too.</summary>
        private static string RuleOf(PolicyProblem problem)
        {
            var kebab = new StringBuilder("document");
            foreach (char c in problem.Code.ToString())
            {
                kebab.Append(char.IsAsciiLetterUpper(c) ? "-" : "").Append(char.ToLowerInvariant(c));
            }

            return kebab.ToString();
        }

        private static string Level(Severity severity) => severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        };
    }
}
