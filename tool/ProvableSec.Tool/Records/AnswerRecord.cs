using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Records;

/// <summary>An answer, written down so that it is read again as it was. The statements that it rests on are written by their places in the question.</summary>
internal static class AnswerRecord
{
    private const int OfProperty = -3, OfBaseline = -2, OfNone = -1;

    /// <summary>Writes the members of an answer.</summary>
    /// <param name="json">Takes them.</param>
    /// <param name="query">The question.</param>
    /// <param name="answer">The answer.</param>
    public static void Write(Utf8JsonWriter json, Query query, Answer answer)
    {
        json.WriteString("verdict", VerdictWords.Of(answer.Verdict));
        WitnessRecord.Write(json, "witness", answer.Witness);
        json.WriteString("reason", answer.Reason);
        json.WriteString("explanation", answer.Explanation);
        json.WriteNumber("steps", answer.Steps);
        json.WriteString("vacuous", answer.Vacuous);
        json.WriteString("stronger", answer.Stronger);
        json.WriteString("unknownBecause", answer.UnknownBecause?.ToString());
        JsonRecord.Write(json, "assumptions", answer.Assumptions);
        JsonRecord.Write(json, "facts", answer.Facts);
        JsonRecord.Write(json, "given", answer.Given);
        JsonRecord.Write(json, "warnings", answer.Warnings);
        PolicyDocument[] documents = [.. DocumentsOf(query)];
        JsonRecord.WriteAll(json, "because", answer.Because, because =>
        {
            json.WriteString("layer", because.Layer);
            if (because.Slot is { } slot)
            {
                json.WriteString("slot", slot.Layer.ToString());
                json.WriteNumber("level", slot.Level);
                json.WriteNumber("index", slot.Index);
            }

            json.WriteNumber("document", PlaceOf(query, documents, because.Document));
            json.WriteNumber("statement", because is { Document: { } document, Statement: { } statement } ? IndexOf(document, statement) : OfNone);
        });
    }

    /// <summary>Whether an answer rests on nothing but statements of its question, so that it can be written down.</summary>
    public static bool CanWrite(Query query, Answer answer)
    {
        PolicyDocument[] documents = [.. DocumentsOf(query)];
        return answer.Because.All(because => (because.Document is null) == (PlaceOf(query, documents, because.Document) == OfNone)
            && (because.Statement is null || (because.Document is { } document && IndexOf(document, because.Statement) >= 0)));
    }

    /// <summary>Reads what was written, without the statements that it rests on.</summary>
    /// <param name="json">The record.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Answer Read(JsonElement json) => Read(json, _ => []);

    /// <summary>Reads what was written.</summary>
    /// <param name="json">The record.</param>
    /// <param name="query">The question, which is the same.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static Answer Read(JsonElement json, Query query)
    {
        PolicyDocument[] documents = [.. DocumentsOf(query)];
        return Read(json, record => [.. record.List("because").Select(Because)]);

        Because Because(JsonElement one)
        {
            int place = one.Number("document"), at = one.Number("statement");
            PolicyDocument? document = place switch
            {
                OfProperty => query.Property,
                OfBaseline => query.Baseline?.Document,
                OfNone => null,
                _ => documents[place],
            };
            PolicySlot? slot = one.TextOrNull("slot") is { } layer ? new PolicySlot(Enum.Parse<PolicyLayer>(layer), one.Number("level"), one.Number("index"))
                : null;
            return new Because(slot, document, at < 0 ? null : document!.Statements[at], one.TextOrNull("layer"));
        }
    }

    private static Answer Read(JsonElement json, Func<JsonElement, ImmutableArray<Because>> becauseOf) => new(
        VerdictOf(json.Text("verdict")),
        WitnessRecord.Read(json.GetProperty("witness")),
        json.Text("reason"),
        becauseOf(json),
        json.Texts("assumptions"),
        json.GetProperty("steps").GetInt64(),
        json.Texts("warnings"),
        json.Text("explanation"))
    {
        Vacuous = json.TextOrNull("vacuous"),
        Stronger = json.TextOrNull("stronger"),
        UnknownBecause = json.TextOrNull("unknownBecause") is { } word ? Enum.Parse<UnknownReason>(word) : null,
        Facts = json.Texts("facts"),
        Given = json.Texts("given"),
    };

    /// <summary>The verdict of a word.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Verdict VerdictOf(string word) => word switch
    {
        "holds" => Verdict.Holds,
        "violated" => Verdict.Violated,
        "unknown" => Verdict.Unknown,
        _ => throw new FormatException($"{word} is not a verdict"),
    };

    /// <summary>Every document, each in its place: those of the subject, then those of the baseline's stack.</summary>
    private static IEnumerable<PolicyDocument> DocumentsOf(Query query) =>
        query.Subject.Documents().Concat(query.Baseline?.Stack is { } stack ? stack.Documents().Select(placed => placed.Document) : []);

    private static int PlaceOf(Query query, PolicyDocument[] documents, PolicyDocument? document) =>
        document is null ? OfNone
        : Array.FindIndex(documents, one => ReferenceEquals(one, document)) is >= 0 and var place ? place
        : ReferenceEquals(query.Baseline?.Document, document) ? OfBaseline
        : ReferenceEquals(query.Property, document) ? OfProperty
        : OfNone;

    private static int IndexOf(PolicyDocument document, Statement statement)
    {
        for (int i = 0; i < document.Statements.Length; i++)
        {
            if (ReferenceEquals(document.Statements[i], statement))
            {
                return i;
            }
        }

        return OfNone;
    }
}
