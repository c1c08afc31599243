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

    /// <summary>Members around findings; the first three are looked into.</summary>
    private static readonly NameTable Around = new("detail", "time", "findings", "version", "detail-type", "source", "account", "resources");

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
    private bool hasId, hasType, hasService;
    private long updated;

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
            return ReadLine(line, rows);
        }
        catch (JsonException)
        {
            return LineOutcome.Malformed;
        }
    }

    /// <summary>Reads a finding, an event that carries one, or an answer with several. No row is kept before the line has been read to its end, where it may be
    /// cut off.</summary>
    private LineOutcome ReadLine(ReadOnlySpan<byte> line, RowWriter rows)
    {
        var reader = new Utf8JsonReader(line, Options);
        reader.Read();
        bool isObject = reader.TokenType == JsonTokenType.StartObject, isEvent = false;
        Range? findings = null;
        long time = 0;
        Begin(rows);
        if (!isObject)
        {
            reader.Skip();
        }

        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Around.Find(reader.ValueSpan);
            if (member < 0 && !isEvent)
            {
                ReadMember(ref reader, line, rows);
                continue;
            }

            reader.Read();
            int start = (int)reader.TokenStartIndex;
            if (member == 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                // What was read so far is of the event.
                isEvent = true;
                Begin(rows);
                ReadMembers(ref reader, line, rows);
            }
            else if (member == 1 && JsonTime.TryRead(ref reader, out long moment))
            {
                time = moment;
            }
            else if (member == 2 && reader.TokenType == JsonTokenType.StartArray)
            {
                reader.Skip();
                findings = start..(int)reader.BytesConsumed;
            }

            reader.Skip();
        }

        if (reader.Read())
        {
            return LineOutcome.Malformed;
        }

        return findings is { } several ? ReadFindings(line[several], rows) : TryEnd(rows, isEvent ? time : 0) ? LineOutcome.Record : LineOutcome.OtherKind;
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
            bool isFinding = list[start] == '{' && ReadFinding(list[start..(int)reader.BytesConsumed], rows);
            any |= isFinding;
            all &= isFinding;
        }

        return any && all ? LineOutcome.Record : LineOutcome.OtherKind;
    }

    /// <summary>Reads one finding of an answer; false when it is none of GuardDuty.</summary>
    private bool ReadFinding(ReadOnlySpan<byte> finding, RowWriter rows)
    {
        Begin(rows);
        var reader = new Utf8JsonReader(finding, Options);
        reader.Read();
        ReadMembers(ref reader, finding, rows);
        return TryEnd(rows, 0);
    }

    private void Begin(RowWriter rows)
    {
        rows.BeginRow();
        unknown.Begin();
        hasId = hasType = hasService = false;
        updated = 0;
    }

    /// <summary>Keeps the row, if it is of a finding.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="time">When the event was sent that carries it; 0 when none does.</param>
    private bool TryEnd(RowWriter rows, long time)
    {
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

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> read, RowWriter rows)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader, read, rows);
        }
    }

    /// <summary>Reads a member of a finding.</summary>
    /// <param name="reader">At its name; at the end of its value afterwards.</param>
    /// <param name="read">What the reader reads.</param>
    /// <param name="rows">Receives it.</param>
    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> read, RowWriter rows)
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
                resource.Read(ref reader, read, rows);
                break;
            case 11:
                service.Read(ref reader, read, rows);
                break;
            case >= 0 when TextColumns[member] >= 0 && isText:
                rows.Text(TextColumns[member], text.Of(ref reader, read));
                break;
        }

        reader.Skip();
    }
}
