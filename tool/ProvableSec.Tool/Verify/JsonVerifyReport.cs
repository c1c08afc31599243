using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>One JSON document, or a line for each property in the form of <c>prove</c>'s answers.</summary>
internal sealed class JsonVerifyReport(bool lines) : IReport<VerifyResult>
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public void Write(VerifyResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        if (lines)
        {
            foreach (VerdictReport report in result.Reports)
            {
                using (var json = new Utf8JsonWriter(console.Output, Compact))
                {
                    Write(json, report);
                }

                console.Output.Write("\n"u8);
            }

            // A line is an answer, and a stack has none.
            foreach (PolicyProblem warning in result.Configuration.Warnings)
            {
                console.Error.WriteLine("warning: " + ProblemText.Of(warning));
            }

            console.Error.WriteLine(VerifySummary.Of(result));
            return;
        }

        using (var json = new Utf8JsonWriter(console.Output, Compact with { Indented = true }))
        {
            json.WriteStartObject();
            if (result.Shard is { } shard)
            {
                shard.Record.Write(json);
            }
            else
            {
                json.WriteNumber("v", 1);
            }

            json.WriteStartArray("properties");
            for (int i = 0; i < result.Reports.Length; i++)
            {
                Write(json, result.Reports[i], result.Shard is { } part ? () => WriteRecord(json, result, part, i) : null);
            }

            json.WriteEndArray();
            json.WriteNumber("pairs", result.Pairs);
            json.WriteNumber("questions", result.Questions);
            if (result.Unchanged is { } unchanged)
            {
                json.WriteString("changedSince", unchanged.Since);
                json.WriteNumber("unchangedProperties", unchanged.Properties);
            }

            json.WriteNumber("documents", result.Configuration.Documents.Length);
            json.WriteStartArray("findings");
            foreach ((PolicyProblem problem, Severity severity) in result.Findings)
            {
                json.WriteStartObject();
                json.WriteString("severity", VerdictWords.Of(severity));
                json.WriteString("file", problem.File);
                json.WriteNumber("line", problem.Position.Line);
                json.WriteNumber("column", problem.Position.Column);
                json.WriteString("pointer", problem.Pointer);
                json.WriteString("message", problem.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            RefusalJson.WriteProblems(json, "problems", result.Configuration.Problems);
            RefusalJson.WriteProblems(json, "warnings", result.Warnings);
            json.WriteNumber("millis", (long)result.Time.TotalMilliseconds);
            result.Shard?.Write(json, result);
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }

    private static void WriteRecord(Utf8JsonWriter json, VerifyResult result, VerifyShard shard, int number)
    {
        json.WriteStartObject("record");
        VerdictRecord.Write(json, result.Reports[number], shard.Places[number]);
        JsonRecord.WriteAll(json, "warnings", result.Configuration.Properties[number].Warnings, problem => JsonRecord.Write(json, problem));
        json.WriteEndObject();
    }

    /// <summary>Writes a verdict; one that another run wrote down as it did.</summary>
    private static void Write(Utf8JsonWriter json, VerdictReport report, Action? more = null)
    {
        json.WriteStartObject();
        if (report.Recorded is { } recorded)
        {
            foreach (JsonProperty member in recorded.Json.EnumerateObject().Where(member => member.Name != "record"))
            {
                member.WriteTo(json);
            }
        }
        else
        {
            WriteMembers(json, report);
        }

        more?.Invoke();
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, VerdictReport report)
    {
        json.WriteNumber("v", 1);
        json.WriteString("id", report.Id);
        if (report.Says.Length > 0)
        {
            json.WriteString("says", report.Says);
        }

        if (report.Owner.Length > 0)
        {
            json.WriteString("owner", report.Owner);
        }

        if (report.Rationale.Length > 0)
        {
            json.WriteString("rationale", report.Rationale);
        }

        if (report.Stack is { } stack)
        {
            json.WriteString("stack", stack);
        }

        if (!report.AlsoViolated.IsEmpty)
        {
            json.WriteStartArray("alsoViolated");
            foreach (string other in report.AlsoViolated)
            {
                json.WriteStringValue(other);
            }

            json.WriteEndArray();
        }

        if (!report.Accepted.IsEmpty)
        {
            json.WriteStartArray("waived");
            foreach (AcceptedViolation accepted in report.Accepted)
            {
                json.WriteStartObject();
                if (accepted.Stack is { } waived)
                {
                    json.WriteString("stack", waived);
                }

                json.WriteString("reason", accepted.Reason);
                if (accepted.Owner.Length > 0)
                {
                    json.WriteString("owner", accepted.Owner);
                }

                json.WriteString("until", accepted.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("severity", VerdictWords.Of(report.Severity));
        if (report is { Query: { } query, Answer: { } answer })
        {
            AnswerJson.Write(json, query, answer, report.Micros, report.Opinions, report.Certificate);
        }
        else
        {
            if (report.Problems is { IsEmpty: false } problems)
            {
                RefusalJson.Write(json, problems);
            }
        }

        if (report.Expected is { } expected)
        {
            json.WriteString("expected", VerdictWords.Of(expected));
            json.WriteBoolean("ok", !report.Outcome.NeedsAttention());
        }
    }
}
