using System.Text.Unicode;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>One line as rules and redactions see it, read by way of its skeleton or structurally; they cannot tell which.</summary>
internal sealed class RecordView
{
    private readonly LineScanner scanner = new();
    private readonly SkeletonCache cache = new();
    private readonly StructuralReader reader = new();
    private readonly RecordEntries own = new();
    private bool viaSkeleton;

    /// <summary>What the line is.</summary>
    public RecordStatus Status { get; private set; }

    /// <summary>The line's length in bytes, without its line feed.</summary>
    public int Length { get; private set; }

    /// <summary>The line's entries. Their offsets are resolved by <see cref="Raw"/>, <see cref="Start"/> and <see cref="End"/>.</summary>
    public RecordEntries Entries { get; private set; } = new();

    /// <summary>How many lines were read structurally from end to end.</summary>
    public long StructuralReads { get; private set; }

    /// <summary>How many skeletons were new.</summary>
    public long NewSkeletons => cache.Misses;

    /// <summary>Reads the line with which the data begin.</summary>
    public void Read(ReadOnlySpan<byte> data)
    {
        bool covered = scanner.Scan(data, out int length);
        if (length < 0)
        {
            length = data.IndexOf((byte)'\n');
            length = length < 0 ? data.Length : length;
        }

        Length = length;
        if (covered && !(scanner.HasHighBytes && !Utf8.IsValid(data[..length])) && cache.Of(scanner.Skeleton) is { } shape)
        {
            viaSkeleton = true;
            Status = shape.Status;
            Entries = shape.Entries;
            return;
        }

        ReadStructurally(data[..length]);
    }

    /// <summary>Reads a line without the shortcut.</summary>
    public void ReadStructurally(ReadOnlySpan<byte> line)
    {
        viaSkeleton = false;
        StructuralReads++;
        Length = line.Length;
        Status = reader.Read(line, own);
        Entries = own;
    }

    /// <summary>The first byte of an entry: the quote of a string, the bracket of an object.</summary>
    public int Start(in RecordEntry entry) => viaSkeleton ? scanner.PositionOf(entry.Start) : entry.Start;

    /// <summary>The offset after an entry's last byte.</summary>
    public int End(in RecordEntry entry)
    {
        int end = viaSkeleton ? scanner.PositionOf(entry.End) : entry.End;
        return entry.Kind == EntryKind.Scalar ? end : end + 1;
    }

    /// <summary>What an entry says, still escaped: between the quotes of a string, the whole of anything else, nothing when it has no bytes.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> line, in RecordEntry entry)
    {
        if (entry.Kind == EntryKind.Unreadable)
        {
            return default;
        }

        int start = Start(entry);
        return entry.Kind == EntryKind.Text ? line[(start + 1)..(End(entry) - 1)] : line[start..End(entry)];
    }

    /// <summary>What an entry says.</summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="buffer">Room for the text of a string in which something is escaped.</param>
    public ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> line, in RecordEntry entry, ref byte[] buffer)
    {
        ReadOnlySpan<byte> raw = Raw(line, entry);
        return entry.Kind != EntryKind.Text || (viaSkeleton && !scanner.HasEscapes) ? raw : JsonText.Decode(raw, ref buffer);
    }
}
