using System.Text;
using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;

namespace ProvableSec.Analytics.Findings;

/// <summary>Makes rows of findings of all sources, whatever is known by its own members.</summary>
/// <param name="phaseOfRule">The phase of the kill chain that a rule of ours stands for.</param>
internal sealed class MergedReader(Func<string, string?> phaseOfRule) : IRecordReader
{
    private static readonly int[] Columns =
    [
        .. new[] { "finding_key", "source", "vendor", "id", "type", "title", "severity", "account", "region", "resource_type", "resource", "resource_name",
            "place", "reach", "proof", "phase" }
            .Select(MergedTable.Table.IndexOf),
    ];

    private static readonly int Time = MergedTable.Table.IndexOf("time"), Closed = MergedTable.Table.IndexOf("closed");

    public IReadOnlyDictionary<string, long> UnknownMembers { get; } = new Dictionary<string, long>();

    public LineOutcome Read(ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return LineOutcome.Blank;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            return ReadValue(document.RootElement, rows) ? LineOutcome.Record : LineOutcome.OtherKind;
        }
        catch (JsonException)
        {
            return LineOutcome.Malformed;
        }
        catch (InvalidOperationException)
        {
            // A string that is not text: half of a surrogate pair, or not UTF-8.
            return LineOutcome.Malformed;
        }
    }

    /// <summary>Reads what may be a finding, or hold some.</summary>
    /// <returns>False when it, or something in it, is none.</returns>
    private bool ReadValue(JsonElement json, RowWriter rows)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.EnumerateArray().Aggregate(true, (all, element) => ReadValue(element, rows) && all);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (json.At("detail") is { ValueKind: JsonValueKind.Object } detail)
        {
            return ReadValue(detail, rows);
        }

        if (json.At("Findings") is { ValueKind: JsonValueKind.Array } findings)
        {
            return ReadProperties(json, rows) & ReadValue(findings, rows);
        }

        if (json.At("runs") is { ValueKind: JsonValueKind.Array } && json.Text("version") is not null)
        {
            foreach (MergedFinding result in OwnFindings.Sarif(json, phaseOfRule))
            {
                Write(result, rows);
            }

            return true;
        }

        if ((AwsFindings.Asff(json, phaseOfRule) ?? AwsFindings.GuardDuty(json) ?? OwnFindings.Finding(json, phaseOfRule)
            ?? OwnFindings.Claim(json)) is { } finding)
        {
            Write(finding, rows);
            return true;
        }

        return OwnFindings.IsClaim(json);
    }

    /// <summary>The claims of <c>verify</c>, which stand beside findings.</summary>
    private bool ReadProperties(JsonElement json, RowWriter rows) => json.At("properties") is not { ValueKind: JsonValueKind.Array } properties
        || ReadValue(properties, rows);

    private static void Write(MergedFinding finding, RowWriter rows)
    {
        rows.BeginRow();
        string?[] texts =
        [
            finding.Key, finding.Source, finding.Vendor, finding.Id, finding.Type, finding.Title, finding.Severity, finding.Account, finding.Region,
            finding.ResourceType, finding.Resource, MergedFinding.NameOf(finding.Resource, finding.ResourceType), finding.Place, finding.Reach,
            finding.Proof, finding.Phase,
        ];
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text)
            {
                rows.Text(Columns[i], Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));
            }
        }

        rows.Flag(Closed, finding.IsClosed);
        if (finding.Time is { } time)
        {
            rows.Time(Time, (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        }

        rows.EndRow();
    }
}
