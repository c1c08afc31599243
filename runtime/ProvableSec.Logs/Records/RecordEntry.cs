namespace ProvableSec.Logs.Records;

/// <summary>How the bytes of an entry are written.</summary>
internal enum EntryKind : byte
{
    /// <summary>A string; the offsets are those of its quotes.</summary>
    Text,

    /// <summary>A number or a word; the end is the offset after it.</summary>
    Scalar,

    /// <summary>An object or array; the offsets are those of its brackets.</summary>
    Container,

    /// <summary>A match that is told of without an action one could read. Has no bytes.</summary>
    Unreadable,
}

/// <summary>Where a value stands in a record.</summary>
/// <param name="Field">What it is.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, as its kind says.</param>
/// <param name="Next">The next entry of the same field; -1 for none.</param>
internal readonly record struct RecordEntry(RecordField Field, EntryKind Kind, int Start, int End, int Next);
