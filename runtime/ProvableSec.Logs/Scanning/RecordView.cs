using System.Runtime.CompilerServices;
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
    private LinePlaces places;

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

    /// <summary>Whether anything in the line may be escaped.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Reads the line with which the data begin.</summary>
    /// <param name="data">The line, and what follows it.</param>
    /// <param name="hasRoom">Whether the data end with a line feed and <see cref="LineScanner.Room"/> bytes more.</param>
    public void Read(ReadOnlySpan<byte> data, bool hasRoom = false)
    {
        bool covered = scanner.Scan(data, hasRoom, out int length);
        if (length < 0)
        {
            length = data.IndexOf((byte)'\n');
            length = length < 0 ? data.Length : length;
        }

        Length = length;
        if (covered && !(scanner.HasHighBytes && !Utf8.IsValid(data[..length])) && cache.TryFind(scanner.Skeleton, out SkeletonShape shape))
        {
            places = scanner.Places;
            HasEscapes = scanner.HasEscapes;
            Status = shape.Status;
            Entries = shape.Entries;
            return;
        }

        ReadStructurally(data[..length]);
    }

    /// <summary>Reads a line without the shortcut.</summary>
    public void ReadStructurally(ReadOnlySpan<byte> line)
    {
        places = default;
        HasEscapes = true;
        StructuralReads++;
        Length = line.Length;
        Status = reader.Read(line, own);
        Entries = own;
    }

    /// <summary>Where the offsets of the entries are in the line.</summary>
    public LinePlaces Places => places;

    /// <summary>The first byte of an entry: the quote of a string, the bracket of an object.</summary>
    public int Start(in RecordEntry entry) => places.Of(entry.Start);

    /// <summary>The offset after an entry's last byte.</summary>
    public int End(in RecordEntry entry)
    {
        int end = places.Of(entry.End);
        return entry.Kind == EntryKind.Scalar ? end : end + 1;
    }

    /// <summary>The quotes of a string.</summary>
    public (int Opening, int Closing) Quotes(in RecordEntry entry) => places.Quotes(entry.Start, entry.End);

    /// <summary>What an entry says, still escaped: between the quotes of a string, the whole of anything else, nothing when it has no bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> line, in RecordEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Unreadable:
                return default;
            case EntryKind.Text:
                (int opening, int closing) = Quotes(entry);
                return line[(opening + 1)..closing];
            default:
                return line[Start(entry)..End(entry)];
        }
    }

    /// <summary>What an entry says.</summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="buffer">Room for the text of a string in which something is escaped.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> line, in RecordEntry entry, ref byte[] buffer)
    {
        ReadOnlySpan<byte> raw = Raw(line, entry);
        return entry.Kind != EntryKind.Text || !HasEscapes ? raw : JsonText.Decode(raw, ref buffer);
    }
}
