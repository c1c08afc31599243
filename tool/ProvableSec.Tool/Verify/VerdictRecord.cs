using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>The verdict of a property, written down so that every report says of it what it would have said.</summary>
internal static class VerdictRecord
{
    private static readonly PolicyDocument Nothing = PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":[]}"""));

    /// <summary>Writes the members of one.</summary>
    public static void Write(Utf8JsonWriter json, VerdictReport report, int place)
    {
        json.WriteNumber("place", place);
        json.WriteString("id", report.Id);
        json.WriteString("says", report.Says);
        json.WriteString("owner", report.Owner);
        json.WriteString("rationale", report.Rationale);
        json.WriteString("severity", report.Severity.ToString());
        json.WriteString("expected", report.Expected is { } expected ? VerdictWords.Of(expected) : null);
        json.WriteString("stack", report.Stack);
        json.WriteNumber("stacks", report.Stacks);
        JsonRecord.Write(json, "alsoViolated", report.AlsoViolated);
        JsonRecord.WriteAll(json, "accepted", report.Accepted, accepted =>
        {
            json.WriteString("stack", accepted.Stack);
            json.WriteString("reason", accepted.Reason);
            json.WriteString("owner", accepted.Owner);
            json.WriteString("until", accepted.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        });
        json.WriteBoolean("isAccepted", report.IsAccepted);
        JsonRecord.WriteAll(json, "givenToEach", report.GivenToEach, each =>
        {
            json.WriteString("stack", each.Stack);
            JsonRecord.Write(json, "given", each.Given);
        });
        json.WriteNumber("micros", report.Micros);
        JsonRecord.WriteAll(json, "opinions", report.Opinions, opinion =>
        {
            json.WriteString("solver", opinion.Solver);
            json.WriteString("opinion", opinion.Opinion);
        });
        if (report.Certificate is { } certificate)
        {
            json.WriteStartObject("certificate");
            JsonRecord.Write(json, "files", certificate.Files);
            json.WriteString("none", certificate.None);
            json.WriteEndObject();
        }

        JsonRecord.WriteAll(json, "problems", report.Problems, problem => JsonRecord.Write(json, problem));
        json.WriteString("file", report.File);
        JsonRecord.Write(json, "position", report.Position);
        var at = ReportPlace.Of(report);
        json.WriteString("placeFile", at.File);
        JsonRecord.Write(json, "placeStart", at.Start);
        JsonRecord.Write(json, "placeEnd", at.End);
        if (report is not { Query: { } query, Answer: { } answer })
        {
            return;
        }

        json.WriteStartObject("answer");
        AnswerRecord.Write(json, query, answer);
        json.WriteBoolean("allowsVacuous", query.AllowsVacuous);
        json.WriteString("asOf", query.AsOf);
        JsonRecord.WriteAll(json, "queryWarnings", query.Warnings, problem => JsonRecord.Write(json, problem));
        json.WriteEndObject();
        var explanation = new RecordedText();
        if (report.Outcome == Outcome.Violated)
        {
            new VerdictExplanation(explanation, "", query, answer).Write();
        }

        JsonRecord.WriteAll(json, "explanation", explanation.Pieces, piece =>
        {
            json.WriteString("text", piece.Text);
            json.WriteString("tone", piece.Tone.ToString());
            json.WriteBoolean("ends", piece.EndsLine);
        });
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="property">The property as JSON, with its record.</param>
    /// <param name="same">Gives the same problem for the same words.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static VerdictReport Read(JsonElement property, Func<PolicyProblem, PolicyProblem> same)
    {
        JsonElement json = property.GetProperty("record");
        bool isAnswered = json.TryGetProperty("answer", out JsonElement answer);
        return new VerdictReport
        {
            Id = json.Text("id"),
            Says = json.Text("says"),
            Owner = json.Text("owner"),
            Rationale = json.Text("rationale"),
            Severity = Enum.Parse<Severity>(json.Text("severity")),
            Expected = json.TextOrNull("expected") is { } word ? AnswerRecord.VerdictOf(word) : null,
            Stack = json.TextOrNull("stack"),
            Stacks = json.Number("stacks"),
            AlsoViolated = json.Texts("alsoViolated"),
            Accepted =
            [
                .. json.List("accepted").Select(accepted => new AcceptedViolation(accepted.TextOrNull("stack"), accepted.Text("reason"), accepted.Text("owner"),
                    DateTime.ParseExact(accepted.Text("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture))),
            ],
            IsAccepted = json.GetProperty("isAccepted").GetBoolean(),
            GivenToEach = [.. json.List("givenToEach").Select(each => (each.TextOrNull("stack"), each.Texts("given")))],
            Micros = json.GetProperty("micros").GetInt64(),
            Opinions = [.. json.List("opinions").Select(opinion => (opinion.Text("solver"), opinion.Text("opinion")))],
            Certificate = json.TryGetProperty("certificate", out JsonElement certificate)
                ? new AnswerCertificate(certificate.Texts("files"), certificate.Text("none")) : null,
            Problems = [.. json.List("problems").Select(problem => same(problem.Problem()))],
            File = json.Text("file"),
            Position = json.Place("position"),
            Answer = isAnswered ? AnswerRecord.Read(answer) : null,
            Query = isAnswered ? QueryOf(answer, same) : null,
            Recorded = new RecordedVerdict(json.Text("placeFile"), json.Place("placeStart"), json.Place("placeEnd"),
                isAnswered ? [.. json.List("explanation").Select(piece =>
                    (piece.Text("text"), Enum.Parse<TextTone>(piece.Text("tone")), piece.GetProperty("ends").GetBoolean()))]
                    : [],
                property),
        };
    }

    /// <summary>What reports ask a question for.</summary>
    private static Query QueryOf(JsonElement answer, Func<PolicyProblem, PolicyProblem> same) => new()
    {
        Question = Question.NotGranted,
        Subject = Subject.Of(Nothing),
        AllowsVacuous = answer.GetProperty("allowsVacuous").GetBoolean(),
        AsOf = answer.Text("asOf"),
        Warnings = answer.List("queryWarnings").Select(problem => same(problem.Problem())).ToImmutableArray(),
    };
}
