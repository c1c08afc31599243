using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>A finding of <c>check</c> as JSON.</summary>
internal static class CheckFindingJson
{
    public static void Write(Utf8JsonWriter json, PolicyFinding finding, ReportPlace place)
    {
        json.WriteStartObject();
        WriteMembers(json, finding, place);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of it.</summary>
    public static void WriteMembers(Utf8JsonWriter json, PolicyFinding finding, ReportPlace place)
    {
        Rule rule = finding.Rule;
        json.WriteString("rule", rule.Id);
        json.WriteString("severity", VerdictWords.Of(finding.Severity));
        json.WriteString("file", place.File);
        Position("line", "column", place.Start);
        Position("endLine", "endColumn", place.End);
        json.WriteString("pointer", finding.Pointer);
        json.WriteString("statement", finding.Statement?.Name);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("message", finding.Message);
        json.WriteString("accessAnalyzer", rule.AccessAnalyzer);
        json.WritePropertyName("witness");
        AnswerJson.WriteWitness(json, finding.Witness);

        void Position(string line, string column, LinePosition at)
        {
            json.WriteNumber(line, at.Line);
            json.WriteNumber(column, at.Column);
        }
    }
}
