using System.Globalization;
using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Diff;

/// <summary>A change, written down so that it is read again as it was: for a cache, and for the results of shards.</summary>
internal static class PolicyChangeRecord
{
    /// <summary>Writes the members of a change.</summary>
    public static void Write(Utf8JsonWriter json, PolicyChange change)
    {
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("file", change.File);
        json.WriteString("owner", change.Owner);
        json.WriteString("type", change.Type);
        json.WriteString("movedFrom", change.MovedFrom);
        json.WriteNumber("line", change.Line);
        json.WriteString("unknown", change.Unknown);
        json.WriteString("remark", change.Remark);
        JsonRecord.Write(json, "given", change.Given);
        JsonRecord.WriteAll(json, "names", change.Names, name =>
        {
            json.WriteString("standing", name.Key);
            json.WriteString("name", name.Value);
        });
        JsonRecord.WriteAll(json, "risks", change.Risks, risk =>
        {
            json.WriteString("rule", risk.Rule);
            json.WriteString("message", risk.Message);
        });
        JsonRecord.WriteAll(json, "access", change.Access, line => Write(json, line));
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PolicyChange Read(JsonElement json) => new(Enum.Parse<PolicyChangeKind>(json.Text("kind")), json.Text("file"), json.Text("owner"),
        json.Text("type"))
    {
        MovedFrom = json.TextOrNull("movedFrom"),
        Line = json.Number("line"),
        Unknown = json.TextOrNull("unknown"),
        Remark = json.Text("remark"),
        Given = json.Texts("given"),
        Names = json.List("names").ToDictionary(name => name.Text("standing"), name => name.Text("name"), StringComparer.Ordinal),
        Risks = [.. json.List("risks").Select(risk => (risk.Text("rule"), risk.Text("message")))],
        Access = [.. json.List("access").Select(Line)],
    };

    private static void Write(Utf8JsonWriter json, ChangedAccess access)
    {
        json.WriteBoolean("added", access.IsAdded);
        json.WriteString("where", access.Where);
        DifferenceRecord.Write(json, access.Line);
        if (access.Approval is { } approval)
        {
            json.WriteStartObject("approval");
            json.WriteString("owner", approval.Owner);
            json.WriteString("reason", approval.Reason);
            json.WriteString("expires", approval.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("place", approval.Place);
            json.WriteEndObject();
        }

        if (access.Blocked is { } blocked)
        {
            json.WriteStartObject("blocked");
            json.WriteBoolean("whole", blocked.IsWhole);
            json.WriteBoolean("counts", blocked.Counts);
            json.WriteBoolean("touched", blocked.IsTouched);
            JsonRecord.Write(json, "by", blocked.By);
            JsonRecord.Write(json, "notFor", blocked.NotFor);
            JsonRecord.WriteAll(json, "remaining", blocked.Remaining, line => DifferenceRecord.Write(json, line));
            WitnessRecord.Write(json, "example", blocked.Example);
            json.WriteEndObject();
        }
    }

    private static ChangedAccess Line(JsonElement json) => new(
        DifferenceRecord.Line(json),
        json.GetProperty("added").GetBoolean(),
        json.Text("where"))
    {
        Approval = json.TryGetProperty("approval", out JsonElement approval) ? new ApprovedAccess(Nothing, approval.Text("owner"), approval.Text("reason"),
            DateTime.ParseExact(approval.Text("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture), approval.Text("place")) : null,
        Blocked = json.TryGetProperty("blocked", out JsonElement blocked) ? new BlockedAccess(blocked.Texts("by"), blocked.GetProperty("whole").GetBoolean())
        {
            Counts = blocked.GetProperty("counts").GetBoolean(),
            IsTouched = blocked.GetProperty("touched").GetBoolean(),
            NotFor = blocked.Texts("notFor"),
            Remaining = [.. blocked.List("remaining").Select(DifferenceRecord.Line)],
            Example = WitnessRecord.Read(blocked.GetProperty("example")),
        } : null,
    };

    /// <summary>What was approved is not looked at again.</summary>
    private static PolicyDocument Nothing { get; } = PolicyReader.Read(new DocumentText("""{"Version":"2012-10-17","Statement":[]}"""));
}
