using ProvableSec.Logs.Scanning;

namespace ProvableSec.Logs.Firehose;

/// <summary>How records are laid out in events. One laid out like another one is found as the log filter finds lines, without reading its JSON.</summary>
internal sealed class EventLayouts
{
    private readonly TemplateTree tree = new((byte)',');
    private readonly TemplateReader reader = new();

    /// <summary>The places of quotes.</summary>
    private readonly List<(int Id, int IdEnd, int Data, int DataEnd)> layouts = [];

    /// <summary>Finds the record that begins at an offset.</summary>
    /// <param name="json">The event.</param>
    /// <param name="start">The offset.</param>
    /// <param name="record">The record.</param>
    /// <param name="end">Where it ends. A comma follows.</param>
    /// <returns>False when it has to be read.</returns>
    public bool TryFind(ReadOnlySpan<byte> json, int start, out FirehoseRecord record, out int end)
    {
        int number = tree.Find(json[start..], out int length);
        end = start + length;
        if (number == TemplateTree.None)
        {
            record = default;
            return false;
        }

        (int id, int idEnd, int data, int dataEnd) = layouts[number];
        var places = new LinePlaces(tree.Starts);
        Range inside = (start + places.Of(data) + 1)..(start + places.Of(dataEnd));
        record = new FirehoseRecord((start + places.Of(id) + 1)..(start + places.Of(idEnd)), inside, tree.HasEscapes && json[inside].Contains((byte)'\\'));
        return true;
    }

    /// <summary>Remembers a record's layout.</summary>
    /// <param name="json">The event.</param>
    /// <param name="start">Where the record begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="record">The record.</param>
    public void Add(ReadOnlySpan<byte> json, int start, int end, FirehoseRecord record)
    {
        if (record.Data is not { } data || !reader.TryRead(json[start..end]) || tree.Add(reader) is not (>= 0 and int number))
        {
            return;
        }

        layouts.RemoveRange(number, layouts.Count - number);
        layouts.Add((Place(record.Id.Start, -1), Place(record.Id.End, 0), Place(data.Start, -1), Place(data.End, 0)));

        int Place(Index at, int quote) => reader.PlaceOf(at.Value + quote - start);
    }
}
