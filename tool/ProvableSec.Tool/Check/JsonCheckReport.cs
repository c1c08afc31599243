using System.Text.Json;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>An array of findings.</summary>
internal sealed class JsonCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartArray();
            foreach (CheckFinding located in result.Findings)
            {
                CheckFindingJson.Write(json, located.Finding, located.Place);
            }

            json.WriteEndArray();
        }

        console.Output.Write("\n"u8);
    }
}
