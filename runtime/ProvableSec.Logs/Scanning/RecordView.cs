using System.Runtime.CompilerServices;
using System.Text.Unicode;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>One line as rules and redactions see it, read by way of its template or structurally; they cannot tell which.</summary>
internal sealed class RecordView
{
    /// <summary>Bytes behind a line feed that let the line be read where it stands.</summary>
    public const int Room = TemplateTree.Room;

    /// <summary>So few bytes are copied at once: they are probably one line, which ends too near to their end.</summary>
    public const int Short = 4096;

    /// <summary>Longer lines are not copied.</summary>
    private const int MaxCopied = 1 << 16;

    private readonly TemplateTree tree = new((byte)'\n');
    private readonly List<LineTemplate> templates = [];
    private readonly TemplateReader templateReader = new();
    private readonly byte[] copy = new byte[MaxCopied + 1 + Room];
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

    /// <summary>How many templates were made of them.</summary>
    public long NewTemplates { get; private set; }

    /// <summary>Whether anything in the line may be escaped.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Reads the line with which the data begin.</summary>
    /// <param name="data">The line, and what follows it.</param>
    /// <param name="hasRoom">Whether the data end with a line feed and <see cref="Room"/> bytes of no matter what.</param>
    public void Read(ReadOnlySpan<byte> data, bool hasRoom = false)
    {
        int length = 0;
        bool inPlace = hasRoom || data.Length >= Short;
        int number = inPlace ? tree.Find(data, out length) : TemplateTree.None;
        if (number != TemplateTree.None)
        {
            Length = length;
        }
        else
        {
            length = data.IndexOf((byte)'\n');
            Length = length < 0 ? data.Length : length;
            if ((!inPlace || Length + Room >= data.Length) && Length <= MaxCopied)
            {
                data[..Length].CopyTo(copy);
                copy[Length] = (byte)'\n';
                number = tree.Find(copy.AsSpan(0, Length + 1 + Room), out _);
            }
        }

        ReadOnlySpan<byte> line = data[..Length];
        if (number == TemplateTree.None)
        {
            ReadStructurally(line);
            Learn(line);
        }
        else if (tree.HasHighBytes && !Utf8.IsValid(line))
        {
            ReadStructurally(line);
        }
        else
        {
            LineTemplate template = templates[number];
            places = new LinePlaces(tree.Starts);
            HasEscapes = tree.HasEscapes;
            Status = template.Status;
            Entries = template.Entries;
        }
    }

    private void Learn(ReadOnlySpan<byte> line)
    {
        if (Status is RecordStatus.Valid or RecordStatus.RepeatedMember or RecordStatus.NotWafRecord && templateReader.TryRead(line)
            && tree.Add(templateReader) is >= 0 and int number)
        {
            NewTemplates++;
            templates.RemoveRange(number, templates.Count - number);
            templates.Add(new LineTemplate(Status, own.ToKept(templateReader.PlaceOf)));
        }
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

    /// <summary>Says of a line, after others have been read, that it is one without entries.</summary>
    public void SetUnread(RecordStatus status, int length)
    {
        Status = status;
        Length = length;
        own.Clear();
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Opening, int Closing) Quotes(in RecordEntry entry) => (places.Of(entry.Start), places.Of(entry.End));

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
