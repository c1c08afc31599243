using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>The members of an answer, from <c>verdict</c> on.</summary>
internal static class AnswerJson
{
    private const string AsOf = "as-of";

    public static void Write(Utf8JsonWriter json, Query query, Answer answer, long micros, ImmutableArray<(string Solver, string Opinion)> opinions,
        AnswerCertificate? certificate)
    {
        json.WriteString("verdict", VerdictWords.Of(answer.Verdict));
        json.WritePropertyName("witness");
        WriteWitness(json, answer.Witness);
        json.WriteString("reason", answer.Reason);
        if (answer.Explanation.Length > 0)
        {
            json.WriteString("explanation", answer.Explanation);
        }

        json.WriteStartArray("because");
        foreach (Because because in answer.Because)
        {
            json.WriteStartObject();
            json.WriteString("policy", NameOf(because, query));
            if (because.Statement is { } statement)
            {
                json.WriteNumber("statement", statement.Index);
                if (statement.Sid is { } sid)
                {
                    json.WriteString("sid", sid);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteStrings(json, "assumptions", answer.Assumptions);
        WriteStrings(json, "facts", answer.Facts);
        WriteStrings(json, "given", answer.Given);
        json.WriteString("vacuous", answer.Vacuous);
        if (answer.Stronger is { } stronger)
        {
            json.WriteString("stronger", stronger);
        }

        if (answer.Assumptions.Contains(AsOf))
        {
            json.WriteString("asOf", query.AsOf);
        }

        json.WriteString("type", QuestionNames.NameOf(query.Type));
        json.WriteString("typeFrom", QuestionNames.NameOf(query.TypeFrom));
        json.WriteString("engine", "native");
        json.WriteNumber("steps", answer.Steps);
        json.WriteNumber("micros", micros);
        json.WriteStartObject("opinions");
        foreach ((string solver, string opinion) in opinions)
        {
            json.WriteString(solver, opinion);
        }

        json.WriteEndObject();
        WriteStrings(json, "warnings", answer.Warnings);
        if (certificate is not null)
        {
            WriteCertificate(json, certificate);
        }
    }

    private static void WriteCertificate(Utf8JsonWriter json, AnswerCertificate certificate)
    {
        json.WriteStartObject("certificate");
        switch (certificate)
        {
            case { None.Length: > 0 }:
                json.WriteString("none", certificate.None);
                break;
            case { Files: [var file] }:
                json.WriteString("file", file);
                break;
            default:
                WriteStrings(json, "files", certificate.Files);
                break;
        }

        json.WriteEndObject();
    }

    public static void WriteWitness(Utf8JsonWriter json, Witness? witness)
    {
        if (witness is null)
        {
            json.WriteNullValue();
            return;
        }

        AccessRequest request = witness.Request;
        json.WriteStartObject();
        json.WriteString("principal", request.Principal.Name);
        if (CallerPrincipal.TryParse(request.Principal.Name, null, out _)?.Kind != request.Principal.Kind)
        {
            json.WriteString("principalType", CallerPrincipal.Word(request.Principal.Kind));
        }

        json.WriteString("action", request.Action);
        json.WriteString("resource", request.Resource);
        if (request.ResourceAccount is { } account)
        {
            json.WriteString("resourceAccount", account);
        }

        json.WriteStartObject("context");
        foreach (ContextEntry entry in request.Context)
        {
            switch (entry.Values)
            {
                case []:
                    json.WriteNull(entry.Key);
                    break;
                case [string value]:
                    json.WriteString(entry.Key, value);
                    break;
                default:
                    WriteStrings(json, entry.Key, entry.Values);
                    break;
            }
        }

        json.WriteEndObject();
        if (witness.OwnPoliciesAllow)
        {
            json.WriteString("callerPolicies", "allow");
        }

        if (witness.SupposedResourcePolicy is not null || witness.OwnPoliciesAllow)
        {
            WriteSupposed(json, witness);
        }

        if (witness.Readings != Reading.None)
        {
            WriteStrings(json, "readings", [.. ReadingNames.Of(witness.Readings)]);
        }

        json.WriteEndObject();
    }

    /// <summary>What the policies that the question does not give have to say, for the witness to show its point.</summary>
    private static void WriteSupposed(Utf8JsonWriter json, Witness witness)
    {
        json.WriteStartObject("supposed");
        if (witness.SupposedResourcePolicy is { } policy)
        {
            json.WritePropertyName("resourcePolicy");
            PolicyJson.Write(json, policy);
        }

        if (witness.OwnPoliciesAllow)
        {
            json.WriteString("identityPolicies", "allow");
        }

        json.WriteEndObject();
    }

    /// <summary>Where the query holds a policy: a place of its stack, or the member it stands in.</summary>
    public static string NameOf(Because because, Query query)
    {
        if (because.Layer is { } layer)
        {
            return layer;
        }

        if (because.Slot is not { } slot)
        {
            return ReferenceEquals(because.Document, query.Subject.Document) ? "policy"
                : ReferenceEquals(because.Document, query.Baseline?.Document) ? "baseline"
                : "property";
        }

        bool ofBaseline = query is { Subject.Stack: { } mine, Baseline.Stack: { } other }
            && !Holds(mine, slot, because.Document) && Holds(other, slot, because.Document);
        return ofBaseline ? $"baseline.{slot}" : slot.ToString();
    }

    private static bool Holds(PolicyStack stack, PolicySlot slot, PolicyDocument? document) =>
        stack.Documents().Any(placed => placed.Slot == slot && ReferenceEquals(placed.Document, document));

    private static void WriteStrings(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
