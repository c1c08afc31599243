namespace ProvableSec.Logs.Records;

/// <summary>The entries of one record in the order of its bytes, each field's chained. Used again for each record.</summary>
internal sealed class RecordEntries
{
    private const int Fields = (int)RecordField.CustomValue + 1;

    private readonly int[] first = new int[Fields];
    private readonly int[] last = new int[Fields];
    private RecordEntry[] entries = new RecordEntry[128];
    private int[] next = new int[128];

    public RecordEntries() => Clear();

    private RecordEntries(RecordEntries other)
    {
        other.first.CopyTo(first, 0);
        other.last.CopyTo(last, 0);
        Count = other.Count;
        entries = [.. other.entries.AsSpan(0, Count)];
        next = [.. other.next.AsSpan(0, Count)];
    }

    public int Count { get; private set; }

    public ref readonly RecordEntry this[int index] => ref entries[index];

    /// <summary>The first entry of a field; -1 for none.</summary>
    public int First(RecordField field) => first[(int)field];

    /// <summary>The next entry of the same field; -1 for none.</summary>
    public int Next(int index) => next[index];

    public int Add(RecordField field, EntryKind kind, int start, int end)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
            Array.Resize(ref next, Count * 2);
        }

        entries[Count] = new RecordEntry(field, kind, start, end);
        next[Count] = -1;
        int before = last[(int)field];
        if (before < 0)
        {
            first[(int)field] = Count;
        }
        else
        {
            next[before] = Count;
        }

        last[(int)field] = Count;
        return Count++;
    }

    /// <summary>Sets the end of an object or array that was added when it began.</summary>
    public void Close(int index, int end) => entries[index] = entries[index] with { End = end };

    public void Clear()
    {
        Count = 0;
        first.AsSpan().Fill(-1);
        last.AsSpan().Fill(-1);
    }

    /// <summary>A copy that stays, no larger than it need be.</summary>
    public RecordEntries ToKept() => new(this);
}
