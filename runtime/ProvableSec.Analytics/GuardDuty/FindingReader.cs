using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.GuardDuty;

/// <summary>
/// Makes rows of findings of GuardDuty. Events spell members like <c>createdAt</c>, answers of the API like <c>CreatedAt</c>; the case of letters is not looked
/// at.
/// </summary>
internal sealed class FindingReader : IRecordReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private static readonly NameTable EventMembers = new("detail", "time", "source", "detail-type", "account", "region", "findings");

    private static readonly NameTable Members = new(
        "id", "type", "severity", "accountId", "region", "createdAt", "updatedAt", "title", "description", "arn", "resource", "service", "schemaVersion",
        "partition", "confidence",
        "associatedAttackSequenceArn");

    private static readonly int[] TextColumns = Members.Columns(
        (0, Column("id")), (1, Column("type")), (3, Column("account")), (4, Column("region")), (7, Column("title")), (8, Column("description")),
        (9, Column("arn")));

    private static readonly int Severity = Column("severity"), Created = Column("created"), Updated = Column("updated"), Time = Column("time");

    private readonly ValueText text = new();
    private readonly UnknownNames unknown = new();
    private readonly FindingServiceReader service;
    private readonly FindingResourceReader resource;

    public FindingReader()
    {
        service = new FindingServiceReader(text);
        resource = new FindingResourceReader(text);
    }

    public IReadOnlyDictionary<string, long> UnknownMembers => unknown.Counts;

    /// <summary>Where a column of the table stands.</summary>
    internal static int Column(string name) => FindingTable.Table.IndexOf(name);

    public LineOutcome Read(ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return LineOutcome.Blank;
        }

        try
        {
            // A line may be cut off behind its first findings, which are then not to be in the table.
            var whole = new Utf8JsonReader(line, Options);
            whole.Read();
            bool isObject = whole.TokenType == JsonTokenType.StartObject;
            Range? detail = null, findings = null;
            if (isObject)
            {
                FindParts(ref whole, out detail, out findings);
            }
            else
            {
                whole.Skip();
            }

            if (whole.Read())
            {
                return LineOutcome.Malformed;
            }

            if (!isObject)
            {
                return LineOutcome.OtherKind;
            }

            return findings is { } several ? ReadFindings(line[several], rows)
                : ReadFinding(detail is { } below ? line[below] : line, detail is null ? 0 : TimeOfEvent(line), rows) ? LineOutcome.Record
                : LineOutcome.OtherKind;
        }
        catch (JsonException)
        {
            return LineOutcome.Malformed;
        }
    }

    /// <summary>Where an event's finding is, or the findings of an answer.</summary>
    private static void FindParts(ref Utf8JsonReader reader, out Range? detail, out Range? findings)
    {
        detail = findings = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = EventMembers.Find(reader.ValueSpan);
            reader.Read();
            bool isDetail = member == 0 && reader.TokenType == JsonTokenType.StartObject, isList = member == 6 && reader.TokenType == JsonTokenType.StartArray;
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            Range range = start..(int)reader.BytesConsumed;
            detail = isDetail ? range : detail;
            findings = isList ? range : findings;
        }
    }

    private static long TimeOfEvent(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTime = EventMembers.Find(reader.ValueSpan) == 1;
            reader.Read();
            if (isTime && JsonTime.TryRead(ref reader, out long time))
            {
                return time;
            }

            reader.Skip();
        }

        return 0;
    }

    private LineOutcome ReadFindings(ReadOnlySpan<byte> list, RowWriter rows)
    {
        bool any = false, all = true;
        var reader = new Utf8JsonReader(list, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            bool isFinding = list[start] == '{' && ReadFinding(list[start..(int)reader.BytesConsumed], 0, rows);
            any |= isFinding;
            all &= isFinding;
        }

        return any && all ? LineOutcome.Record : LineOutcome.OtherKind;
    }

    /// <summary>Reads one finding.</summary>
    /// <param name="finding">The finding, from brace to brace.</param>
    /// <param name="time">When the event was sent that carries it; 0 when none does.</param>
    /// <param name="rows">Receives it.</param>
    /// <returns>False when it is none of GuardDuty.</returns>
    private bool ReadFinding(ReadOnlySpan<byte> finding, long time, RowWriter rows)
    {
        rows.BeginRow();
        unknown.Begin();
        bool hasId = false, hasType = false, hasService = false;
        long updated = 0;
        var reader = new Utf8JsonReader(finding, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            if (member < 0)
            {
                unknown.Add(reader.ValueSpan);
            }

            reader.Read();
            bool isText = reader.TokenType == JsonTokenType.String;
            hasId |= member == 0 && isText;
            hasType |= member == 1 && isText;
            hasService |= member == 11 && reader.TokenType == JsonTokenType.StartObject;
            switch (member)
            {
                case 2 when ValueText.TryNumber(ref reader, out double severity):
                    rows.Number(Severity, severity);
                    break;
                case 5 when JsonTime.TryRead(ref reader, out long created):
                    rows.Time(Created, created);
                    break;
                case 6 when JsonTime.TryRead(ref reader, out updated):
                    rows.Time(Updated, updated);
                    break;
                case 10:
                    resource.Read(ref reader, finding, rows);
                    break;
                case 11:
                    service.Read(ref reader, finding, rows);
                    break;
                case >= 0 when TextColumns[member] >= 0 && isText:
                    rows.Text(TextColumns[member], text.Of(ref reader, finding));
                    break;
            }

            reader.Skip();
        }

        if (!hasId || !hasType || !hasService)
        {
            return false;
        }

        if (time != 0 || updated != 0)
        {
            rows.Time(Time, time != 0 ? time : updated);
        }

        rows.EndRow();
        unknown.Commit();
        return true;
    }
}
