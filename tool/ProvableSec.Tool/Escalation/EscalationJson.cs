using System.Text.Json;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Escalation;

/// <summary>Steps of escalation as JSON.</summary>
internal static class EscalationJson
{
    /// <summary>Writes a list of steps, each with the requests that show it.</summary>
    public static void WriteSteps(Utf8JsonWriter json, string name, IEnumerable<EscalationStep> steps)
    {
        json.WriteStartArray(name);
        foreach (EscalationStep step in steps)
        {
            json.WriteStartObject();
            json.WriteString("from", step.From);
            json.WriteString("to", step.To.Length > 0 ? step.To : null);
            json.WriteString("way", step.Way);
            json.WriteStartArray("witnesses");
            foreach (Witness proof in step.Proofs)
            {
                AnswerJson.WriteWitness(json, proof);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
