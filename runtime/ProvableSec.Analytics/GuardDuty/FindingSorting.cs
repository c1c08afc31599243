using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Analytics.GuardDuty;

/// <summary>Takes findings of GuardDuty.</summary>
/// <param name="path">The partition, relative, with slashes.</param>
/// <param name="line">The finding or the event that carries it, as it was, on one line.</param>
internal delegate void SortedFinding(string path, ReadOnlySpan<byte> line);

/// <summary>Takes lines.</summary>
/// <param name="line">The line, without line feed.</param>
internal delegate void UnsortedLine(ReadOnlySpan<byte> line);

/// <summary>Sorts findings by type and day: <c>finding_type=…/year=…/month=…/day=…</c>. Characters that Hive escapes in such names are escaped as it
/// does.</summary>
internal sealed class FindingSorting(SortedFinding sorted, UnsortedLine unsorted)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };
    private static readonly NameTable Members = new("type", "updatedAt", "detail", "findings", "service", "time");

    private readonly HashSet<string> types = new(StringComparer.Ordinal), folders = new(StringComparer.Ordinal);
    private readonly RecordUnpacking unpacking = new([]);
    private readonly ByteBuffer unpacked = new();

    /// <summary>How many findings have been sorted.</summary>
    public long Findings { get; private set; }

    /// <summary>How many lines were not findings.</summary>
    public long Unreadable { get; private set; }

    /// <summary>How many types they have.</summary>
    public int Types => types.Count;

    /// <summary>How many partitions they are in.</summary>
    public int Folders => folders.Count;

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

            Add(type, time, line);
            return true;
        }
        catch (JsonException)
        {
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
            if (member is 1 or 5 && ValueText.TryTime(ref reader, out long moment))
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

    private void Add(string type, DateTime? time, ReadOnlySpan<byte> line)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"finding_type={Escaped(type)}/")
            + (time is null ? "year=unknown/month=unknown/day=unknown"
                : string.Create(CultureInfo.InvariantCulture, $"year={time:yyyy}/month={time:MM}/day={time:dd}"));
        types.Add(type);
        folders.Add(folder);
        Findings++;
        sorted(folder, line);
    }

    private static string Escaped(string type)
    {
        const int MostLetters = 200;
        var name = new StringBuilder();
        foreach (byte letter in Encoding.UTF8.GetBytes(type.Length <= MostLetters ? type : type[..MostLetters]))
        {
            // Two dots would lead out of the folder, were they all of a name; behind the equals sign they cannot be.
            _ = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'.' or (byte)'-' or (byte)'_' ? name.Append((char)letter)
                : name.Append('%').Append(letter.ToString("X2", CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }
}
