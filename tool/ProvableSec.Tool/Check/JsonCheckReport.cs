using System.Text.Json;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>An array of findings; of a part of a run an object with them, and with what <c>merge</c> needs.</summary>
internal sealed class JsonCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            if (result.Shard is { } shard)
            {
                Write(json, result, shard);
            }
            else
            {
                json.WriteStartArray();
                foreach (CheckFinding located in result.Findings)
                {
                    CheckFindingJson.Write(json, located.Finding, located.Place);
                }

                json.WriteEndArray();
            }
        }

        console.Output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, CheckResult result, ShardRecord shard)
    {
        Dictionary<string, int> places = result.Files.Where(file => file.Name.Length > 0).DistinctBy(file => file.Name)
            .ToDictionary(file => file.Name, file => file.Place,
            StringComparer.Ordinal);
        json.WriteStartObject();
        shard.Write(json);
        Findings("findings", result.Findings);
        Findings("known", result.Known);
        JsonRecord.WriteAll(json, "gone", result.Gone, gone =>
        {
            json.WriteString("rule", gone.Rule);
            json.WriteString("file", gone.File);
            json.WriteString("fingerprint", gone.Fingerprint);
            json.WriteNumber("count", gone.Count);
        });
        json.WriteBoolean("hasBaseline", result.HasBaseline);
        if (result.Unchanged is { } unchanged)
        {
            json.WriteString("changedSince", unchanged.Since);
            json.WriteNumber("unchangedFiles", unchanged.Files);
        }

        json.WriteNumber("waived", result.Waived);
        json.WriteString("account", result.Import.Account);
        json.WriteString("region", result.Import.Region);
        JsonRecord.WriteAll(json, "files", result.Files, file => file.Write(json));
        JsonRecord.WriteAll(json, "idle", result.Idle, idle =>
        {
            json.WriteString("about", idle.About);
            json.WriteString("note", idle.Note);
        });
        JsonRecord.WriteAll(json, "ownRules", result.OwnRules, rule =>
        {
            json.WriteString("id", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteString("severity", rule.Severity.ToString());
            json.WriteString("why", rule.Why);
            json.WriteString("remedy", rule.Remedy);
            json.WriteNumber("cwe", rule.Cwe);
        });
        json.WriteEndObject();

        void Findings(string name, IEnumerable<CheckFinding> findings) => JsonRecord.WriteAll(json, name, findings, located =>
        {
            CheckFindingJson.WriteMembers(json, located.Finding, located.Place);
            json.WriteStartObject("record");
            json.WriteNumber("code", result.CodeOf(located.Finding));
            CheckFindingRecord.Write(json, located, places[located.Source.Name]);
            json.WriteEndObject();
        });
    }
}
