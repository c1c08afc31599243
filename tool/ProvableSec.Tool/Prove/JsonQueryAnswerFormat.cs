using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>One JSON object a line, or, indented, one for a single question.</summary>
internal sealed class JsonQueryAnswerFormat(bool indented = false) : IQueryAnswerFormat
{
    private readonly Utf8JsonWriter json = new(
        Stream.Null,
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, Indented = indented, NewLine = "\n" });

    public void WriteAnswer(AskedAnswer asked, int line, IBufferWriter<byte> to)
    {
        Query query = asked.Query;
        Begin(to);
        WriteId(query.Id);
        AnswerJson.Write(json, query, asked.Answer, asked.Micros, asked.Opinions, asked.Certificate);
        if (query.Expected is { } expected)
        {
            json.WriteString("expected", VerdictWords.Of(expected));
            json.WriteBoolean("ok", Outcomes.Of(asked.Answer, expected, query.AllowsVacuous) is Outcome.AsWanted or Outcome.ViolatedAsExpected);
        }

        End(to);
    }

    public void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to)
    {
        Begin(to);
        json.WriteNumber("line", line);
        WriteId(id);
        RefusalJson.Write(json, problems);
        End(to);
    }

    private void Begin(IBufferWriter<byte> to)
    {
        json.Reset(to);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
    }

    private void WriteId(string? id)
    {
        if (id is not null)
        {
            json.WritePropertyName("id");
            json.WriteRawValue(id, skipInputValidation: true);
        }
    }

    private void End(IBufferWriter<byte> to)
    {
        json.WriteEndObject();
        json.Flush();
        to.Write("\n"u8);
    }
}
