using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>SARIF 2.1.0 (OASIS): a rule for each property, a result for each one that is not as wanted and for each problem of a document.</summary>
internal sealed class SarifVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
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
        private readonly SarifWriter sarif;
        private readonly Dictionary<object, string> rules;

        public Run(Utf8JsonWriter json, VerifyResult result)
        {
            this.json = json;
            this.result = result;
            rules = (result.Checked?.Findings ?? []).ToDictionary(finding => (object)finding.Problem, finding => finding.Rule.Id,
                (IEqualityComparer<object>)ReferenceEqualityComparer.Instance);
            sarif = new SarifWriter(
                json,
                [
                    .. result.Reports.Select(report => new SarifRule(report.Id, report.Says, report.Severity)),
                    .. (result.Checked?.Findings ?? []).Select(finding => SarifRule.Of(finding.Rule)).DistinctBy(rule => rule.Id),
                    .. Located().Where(finding => !rules.ContainsKey(finding.Problem))
                        .Select(finding => new SarifRule(RuleOf(finding.Problem), "A policy document is valid and says what it means", finding.Severity))
                        .DistinctBy(rule => rule.Id),
                ],
                file => RelativePath.Of(file, result.Configuration.Name),
                text => RelativePath.InText(text, result.Configuration.Name));
        }

        /// <summary>What is wrong with documents, and odd about stacks and properties.</summary>
        private IEnumerable<(PolicyProblem Problem, Severity Severity)> Located() =>
            result.Findings.Concat(result.Warnings.Select(warning => (warning, Severity.Warning)));

        public void Write()
        {
            sarif.Begin();
            WriteInvocation();
            json.WriteStartArray("results");
            foreach (VerdictReport report in result.Reports)
            {
                if (report.Outcome is Outcome.Violated or Outcome.HoldsUnexpectedly or Outcome.Undecided or Outcome.Vacuous)
                {
                    WriteResult(report);
                }
            }

            foreach ((PolicyProblem problem, Severity severity) in Located())
            {
                json.WriteStartObject();
                sarif.Rule(rules.TryGetValue(problem, out string? found) ? found : RuleOf(problem));
                json.WriteString("level", SarifWriter.Level(severity));
                sarif.Message("message", problem.Message);
                sarif.Locations(new ReportPlace(problem.File, problem.Position, problem.Position));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            sarif.End();
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
                    sarif.Message("message", problem.Message);
                    sarif.Locations(new ReportPlace(problem.File, problem.Position, problem.Position));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            WriteBases();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        /// <summary>What the proofs rest on. A result of the kind "pass" would be shown as an alert by readers that do not know kinds.</summary>
        private void WriteBases()
        {
            VerdictReport[] proved = [.. result.Reports.Where(report => VerdictBasis.InOneLine(report) is not null)];
            if (proved.Length == 0)
            {
                return;
            }

            json.WriteStartArray("toolExecutionNotifications");
            foreach (VerdictReport report in proved)
            {
                json.WriteStartObject();
                json.WriteString("level", "note");
                sarif.Message("message", VerdictBasis.InOneLine(report)!);
                json.WriteStartObject("associatedRule");
                json.WriteString("id", report.Id);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteResult(VerdictReport report)
        {
            json.WriteStartObject();
            sarif.Rule(report.Id);
            if (report.Outcome == Outcome.Undecided)
            {
                // "The tool concluded that there was insufficient information to decide": 3.27.9, which wants the level none.
                json.WriteString("kind", "open");
                json.WriteString("level", "none");
            }
            else if (report.Outcome == Outcome.Vacuous)
            {
                // "The result requires review by a human user to decide if it represents a problem": 3.27.9.
                json.WriteString("kind", "review");
                json.WriteString("level", "none");
            }
            else
            {
                json.WriteString("level", SarifWriter.Level(report.Severity));
            }

            sarif.Message("message", VerdictSentence.Of(report));
            sarif.Locations(ReportPlace.Of(report));
            json.WriteStartObject("partialFingerprints");
            json.WriteString("property/v1", report.Stack is { } stack ? $"{report.Id}/{stack}" : report.Id);
            json.WriteEndObject();
            bool hasAnswer = report.Answer is { Witness: not null } or { Vacuous: not null };
            if (hasAnswer || report.Owner.Length > 0 || report.Rationale.Length > 0)
            {
                json.WriteStartObject("properties");
                if (hasAnswer)
                {
                    json.WritePropertyName("witness");
                    AnswerJson.WriteWitness(json, report.Answer!.Witness);
                    json.WriteString("vacuous", report.Answer.Vacuous);
                }

                foreach ((string name, string words) in ((string, string)[])[("owner", report.Owner), ("rationale", report.Rationale)])
                {
                    if (words.Length > 0)
                    {
                        json.WriteString(name, words);
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

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
    }
}
