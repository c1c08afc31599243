using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Simulate;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonAnswerFormat : IAnswerFormat
{
    private static readonly JsonEncodedText V = JsonEncodedText.Encode("v");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText DecisionName = JsonEncodedText.Encode("decision");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText By = JsonEncodedText.Encode("by");
    private static readonly JsonEncodedText Policy = JsonEncodedText.Encode("policy");
    private static readonly JsonEncodedText StatementName = JsonEncodedText.Encode("statement");
    private static readonly JsonEncodedText Sid = JsonEncodedText.Encode("sid");
    private static readonly JsonEncodedText Effect = JsonEncodedText.Encode("effect");
    private static readonly JsonEncodedText BlockedBy = JsonEncodedText.Encode("blockedBy");
    private static readonly JsonEncodedText Missing = JsonEncodedText.Encode("missing");
    private static readonly JsonEncodedText Warnings = JsonEncodedText.Encode("warnings");
    private static readonly JsonEncodedText Expected = JsonEncodedText.Encode("expected");
    private static readonly JsonEncodedText Ok = JsonEncodedText.Encode("ok");

    private readonly Utf8JsonWriter json = new(
        Stream.Null,
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void WriteDecision(AccessCase asked, Decision decision, IBufferWriter<byte> to)
    {
        json.Reset(to);
        json.WriteStartObject();
        json.WriteNumber(V, 1);
        WriteId(asked.Id);
        json.WriteString(DecisionName, DecisionWords.Of(decision.IsAllowed));
        json.WriteString(Reason, DecisionWords.Of(decision.Reason));
        json.WriteStartArray(By);
        foreach (DecidingStatement by in decision.By)
        {
            json.WriteStartObject();
            json.WriteString(Policy, by.Slot.ToString());
            json.WriteNumber(StatementName, by.Statement.Index);
            if (by.Statement.Sid is { } sid)
            {
                json.WriteString(Sid, sid);
            }

            json.WriteString(Effect, by.Statement.Effect == ProvableSec.Policy.Model.Effect.Allow ? "Allow" : "Deny");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray(BlockedBy);
        foreach (PolicyLayer layer in decision.BlockedBy)
        {
            json.WriteStringValue(PolicySlot.NameOf(layer));
        }

        json.WriteEndArray();
        json.WriteStartArray(Missing);
        foreach (string key in decision.Missing)
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteStartArray(Warnings);
        foreach (PolicyProblem warning in asked.Warnings)
        {
            json.WriteStringValue(warning.ToString());
        }

        foreach (string warning in decision.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        if (asked.ExpectAllow is { } expected)
        {
            json.WriteString(Expected, DecisionWords.Of(expected));
            json.WriteBoolean(Ok, expected == decision.IsAllowed);
        }

        End(to);
    }

    public void WriteRefusal(int line, string? id, ImmutableArray<PolicyProblem> problems, IBufferWriter<byte> to)
    {
        json.Reset(to);
        json.WriteStartObject();
        json.WriteNumber(V, 1);
        json.WriteNumber("line", line);
        WriteId(id);
        RefusalJson.Write(json, problems);
        End(to);
    }

    private void WriteId(string? id)
    {
        if (id is not null)
        {
            json.WritePropertyName(Id);
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
