using System.Text.Json;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Findings;

/// <summary>Takes findings of GuardDuty.</summary>
/// <param name="partition">Where it belongs.</param>
/// <param name="finding">The finding or the event that carries it, as it was, on one line.</param>
internal delegate void SortedFinding(FindingPartition partition, ReadOnlySpan<byte> finding);

/// <summary>Takes lines.</summary>
/// <param name="line">The line, without line feed.</param>
internal delegate void UnsortedLine(ReadOnlySpan<byte> line);

/// <summary>Sorts findings of GuardDuty by type and day. Not thread-safe.</summary>
internal sealed class FindingSorting(SortedFinding sorted, UnsortedLine unsorted)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };
    private static readonly NameTable Members = new("type", "updatedAt", "detail", "findings", "service", "time");

    private readonly RecordUnpacking unpacking = new([]);
    private readonly ByteBuffer unpacked = new();

    /// <summary>How many findings have been sorted.</summary>
    public long Findings { get; private set; }

    /// <summary>How many lines were not findings.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Sorts lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isPart">Whether they are a part of a line that is too long to be read.</param>
    public void Sort(ReadOnlySpan<byte> lines, bool isPart)
    {
        while (!lines.IsEmpty)
        {
            int length = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? lines : lines[..length];
            lines = length < 0 ? default : lines[(length + 1)..];
            if (isPart || (!line.Trim(" \t\r"u8).IsEmpty && !TrySort(line) && !TrySortUnpacked(line)))
            {
                Unreadable++;
                unsorted(line);
            }
        }
    }

    private bool TrySortUnpacked(ReadOnlySpan<byte> line)
    {
        unpacked.Truncate(0);
        if (!unpacking.TryUnpack(line, unpacked))
        {
            return false;
        }

        ReadOnlySpan<byte> records = unpacked.Written;
        bool any = false;
        while (!records.IsEmpty)
        {
            int length = records.IndexOf((byte)'\n');
            ReadOnlySpan<byte> record = records[..length];
            records = records[(length + 1)..];
            if (record.SequenceEqual(line) && !any && records.IsEmpty)
            {
                return false;
            }

            any = true;
            if (!TrySort(record))
            {
                Unreadable++;
                unsorted(record);
            }
        }

        return any;
    }

    private bool TrySort(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            (string? type, DateTime? time, Range? findings) = Head(ref reader);
            if (reader.Read())
            {
                return false;
            }

            if (findings is { } several)
            {
                return SortAnswer(line[several]);
            }

            if (type is null)
            {
                return false;
            }

            Findings++;
            sorted(FindingPartition.Of(type, time), line);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a type that is not text.
            return false;
        }
    }

    private bool SortAnswer(ReadOnlySpan<byte> list)
    {
        bool any = false;
        var reader = new Utf8JsonReader(list, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            ReadOnlySpan<byte> finding = list[start..(int)reader.BytesConsumed];
            any = true;
            if (!TrySort(finding))
            {
                Unreadable++;
                unsorted(finding);
            }
        }

        return any;
    }

    /// <summary>The type and time of a finding, or of the one in an event; where the findings of an answer are.</summary>
    private static (string? Type, DateTime? Time, Range? Findings) Head(ref Utf8JsonReader reader)
    {
        string? type = null;
        DateTime? time = null;
        Range? findings = null;
        bool hasService = false;
        (string? Type, DateTime? Time, Range? Findings) detail = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            reader.Read();
            if (member == 2 && reader.TokenType == JsonTokenType.StartObject)
            {
                detail = Head(ref reader);
            }

            type = member == 0 && reader.TokenType == JsonTokenType.String ? reader.GetString() : type;
            hasService |= member == 4 && reader.TokenType == JsonTokenType.StartObject;
            if (member is 1 or 5 && JsonTime.TryRead(ref reader, out long moment))
            {
                time = DateTime.UnixEpoch.AddTicks(moment * TimeSpan.TicksPerMicrosecond);
            }

            bool isList = member == 3 && reader.TokenType == JsonTokenType.StartArray;
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            findings = isList ? start..(int)reader.BytesConsumed : findings;
        }

        return detail.Type is not null ? (detail.Type, time ?? detail.Time, null) : (hasService ? type : null, time, findings);
    }
}
