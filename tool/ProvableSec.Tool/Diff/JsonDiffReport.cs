using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>The changes as one JSON object.</summary>
internal sealed class JsonDiffReport : IReport<DiffResult>
{
    public void Write(DiffResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartObject();
            if (result.Shard is { } shard)
            {
                shard.Write(json);
                json.WriteString("failOn", result.FailOn.ToString());
            }
            else
            {
                json.WriteNumber("v", 1);
            }

            json.WriteString("before", result.Before);
            json.WriteString("after", result.After);
            json.WriteStartArray("changes");
            foreach (PolicyChange change in result.Changes)
            {
                Write(json, change, result.Shard is not null);
            }

            json.WriteEndArray();
            json.WriteNumber("unchanged", result.Unchanged);
            json.WriteNumber("newAccess", result.NewLines);
            json.WriteNumber("blockedAccess", result.BlockedLines);
            JsonRecord.Write(json, "notes", result.Notes);
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, PolicyChange change, bool withRecord)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
        json.WriteString("file", change.File);
        json.WriteString("owner", change.Owner);
        json.WriteNumber("line", change.Line);
        json.WriteString("type", change.Type);
        if (change.MovedFrom is { } from)
        {
            json.WriteString("movedFrom", from);
        }

        if (change.Remark.Length > 0)
        {
            json.WriteString("remark", change.Remark);
        }

        json.WriteBoolean("same", change.IsSame);
        foreach ((string name, IEnumerable<ChangedAccess> lines) in (ReadOnlySpan<(string, IEnumerable<ChangedAccess>)>)[("added", change.Added),
            ("removed", change.Removed)])
        {
            json.WriteStartArray(name);
            foreach (ChangedAccess line in lines)
            {
                Write(json, change, line);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("risks");
        foreach ((string rule, string message) in change.Risks)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule);
            json.WriteString("message", change.Shown(message));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("unknown", change.Unknown is { } reason ? change.Shown(reason) : null);
        JsonRecord.Write(json, "given", change.Given);
        json.WriteStartObject("values");
        foreach ((string standing, string name) in change.Names.OrderBy(name => name.Key, StringComparer.Ordinal))
        {
            json.WriteString(standing, name);
        }

        json.WriteEndObject();
        if (withRecord)
        {
            json.WriteStartObject("record");
            PolicyChangeRecord.Write(json, change);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyChange change, ChangedAccess line)
    {
        DifferenceLine access = line.Line;
        json.WriteStartObject();
        json.WriteString("says", change.Shown(DifferenceWords.InOneLine(access)));
        json.WriteString("kind", access.Kind == DifferenceKind.Granted ? "granted" : "let-through");
        if (access.Grant.Principal is { } principal)
        {
            JsonRecord.Write(json, principal.IsNot ? "notPrincipals" : "principals", principal.Entries.Select(entry => entry.Value));
        }

        JsonRecord.Write(json, "actions", access.Grant.Action.Patterns.Select(pattern => pattern.Text));
        JsonRecord.Write(json, "resources", access.Grant.Resource?.Patterns.Select(pattern => change.Shown(pattern.Text)) ?? ["*"]);
        json.WriteStartArray("conditions");
        foreach (Condition condition in access.Grant.Conditions)
        {
            json.WriteStartObject();
            json.WriteString("operator", condition.Operator.Name);
            json.WriteString("key", condition.Key);
            JsonRecord.Write(json, "values", condition.Values.Select(value => change.Shown(value.Text)));
            json.WriteEndObject();
        }

        json.WriteEndArray();

        // The line as a policy: simulate, prove and --allow read it.
        json.WritePropertyName("policy");
        json.WriteRawValue(PolicyWriter.Write(access.Description).Trim());
        json.WriteBoolean("whole", access.IsWhole);
        json.WriteString("where", line.Where.Length > 0 ? line.Where : null);
        json.WriteString("approvedBy", line.Approval?.Owner);
        WriteBlocked(json, change, line.Blocked);
        json.WriteString("unknown", access.Undecided);
        json.WritePropertyName("witness");
        AnswerJson.WriteWitness(json, access.Witness);
        json.WriteEndObject();
    }

    private static void WriteBlocked(Utf8JsonWriter json, PolicyChange change, BlockedAccess? blocked)
    {
        if (blocked is null)
        {
            json.WriteNull("blocked");
            return;
        }

        json.WriteStartObject("blocked");
        JsonRecord.Write(json, "by", blocked.By);
        json.WriteBoolean("whole", blocked.IsWhole);
        json.WriteBoolean("touched", blocked.IsTouched);
        json.WriteBoolean("counts", blocked.Counts);
        JsonRecord.Write(json, "remaining", blocked.Remaining.Select(line => change.Shown(DifferenceWords.InOneLine(line))));
        JsonRecord.Write(json, "notFor", blocked.NotFor);
        json.WritePropertyName("example");
        AnswerJson.WriteWitness(json, blocked.Example);
        json.WriteEndObject();
    }
}
