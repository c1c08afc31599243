using System.Runtime.CompilerServices;

namespace ProvableSec.Logs.Records;

/// <summary>
/// The entries of one record in the order of its bytes, each field's chained. Used again for each record. In as few places in memory as possible:
/// thousands of them are kept, and each line asks for others than the line before.
/// </summary>
internal sealed class RecordEntries
{
    private const int Fields = (int)RecordField.CustomValue + 1;

    private RecordEntry[] entries = new RecordEntry[128];
    private FieldTable first;
    private FieldTable last;

    public RecordEntries() => Clear();

    private RecordEntries(RecordEntries other, Func<int, int> place)
    {
        first = other.first;
        last = other.last;
        Count = other.Count;
        entries = [.. other.entries.AsSpan(0, Count)];
        foreach (ref RecordEntry entry in entries.AsSpan())
        {
            entry = entry.Kind == EntryKind.Unreadable ? entry : entry with { Start = place(entry.Start), End = place(entry.End) };
        }
    }

    public int Count { get; private set; }

    public ReadOnlySpan<RecordEntry> All => entries.AsSpan(0, Count);

    public ref readonly RecordEntry this[int index] => ref entries[index];

    /// <summary>The first entry of a field; -1 for none.</summary>
    public int First(RecordField field) => first[(int)field];

    /// <summary>The next entry of the same field; -1 for none.</summary>
    public int Next(int index) => entries[index].Next;

    public int Add(RecordField field, EntryKind kind, int start, int end)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }

        entries[Count] = new RecordEntry(field, kind, start, end, Next: -1);
        int before = last[(int)field];
        if (before < 0)
        {
            first[(int)field] = Count;
        }
        else
        {
            entries[before] = entries[before] with { Next = Count };
        }

        last[(int)field] = Count;
        return Count++;
    }

    /// <summary>Sets the end of an object or array that was added when it began.</summary>
    public void Close(int index, int end) => entries[index] = entries[index] with { End = end };

    public void Clear()
    {
        Count = 0;
        ((Span<int>)first).Fill(-1);
        ((Span<int>)last).Fill(-1);
    }

    /// <summary>A copy that stays, no larger than it need be.</summary>
    /// <param name="place">What each offset becomes.</param>
    public RecordEntries ToKept(Func<int, int> place) => new(this, place);

    [InlineArray(Fields)]
    private struct FieldTable
    {
        private int entry;
    }
}
