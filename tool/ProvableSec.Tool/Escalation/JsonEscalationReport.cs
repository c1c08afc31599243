using System.Text.Json;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>For programs: the whole graph, and the paths in it.</summary>
internal sealed class JsonEscalationReport : IReport<EscalationResult>
{
    public void Write(EscalationResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            JsonRecord.Write(json, "administrators", result.Graph.Administrators.Order(StringComparer.Ordinal));
            EscalationJson.WriteSteps(json, "steps", result.Graph.Steps);
            EscalationJson.WriteSteps(json, "open", result.Graph.Open);
            json.WriteStartArray("chains");
            foreach (IReadOnlyList<EscalationStep> chain in result.Chains)
            {
                json.WriteStartArray();
                foreach (string name in chain.Select(step => step.From).Append(chain[^1].To))
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("undecided");
            foreach ((string principal, string reason) in result.Graph.Undecided)
            {
                json.WriteStartObject();
                json.WriteString("principal", principal);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }
}
