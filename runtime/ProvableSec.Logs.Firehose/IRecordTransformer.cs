using ProvableSec.Logs.Filtering;

namespace ProvableSec.Logs.Firehose;

/// <summary>What a function does with the data of the records of an event. Not thread-safe.</summary>
internal interface IRecordTransformer
{
    /// <summary>How many bytes behind the data may be written over.</summary>
    const int RoomBehindData = LogFilterSession.RoomBehindLines;

    /// <summary>Begins an event: what was counted before is another one's.</summary>
    void Begin();

    /// <summary>Begins a record, which <see cref="TakeBack"/> may undo.</summary>
    void BeginRecord();

    /// <summary>Transforms a record.</summary>
    /// <param name="data">Begins with its data; the <see cref="RoomBehindData"/> bytes after them are written over.</param>
    /// <param name="length">How many they are.</param>
    /// <param name="output">Receives what it becomes; nothing when it is dropped.</param>
    /// <returns>False when it cannot be read, and is to be delivered as it was.</returns>
    bool TryTransform(byte[] data, int length, ByteBuffer output);

    /// <summary>What has been counted of the last record has not been done.</summary>
    void TakeBack();

    /// <summary>Forgets what was learned of earlier records, after a bug.</summary>
    void Reset();

    /// <summary>By which the last record is put into a place of its own; none when it is not.</summary>
    /// <param name="output">What it became.</param>
    /// <returns>Names, and values as they stand in a string of JSON; none of them is empty.</returns>
    IEnumerable<(string Name, ReadOnlyMemory<byte> Value)> PartitionKeysOf(ReadOnlyMemory<byte> output);

    /// <summary>Writes what was done with the last event as lines of metrics.</summary>
    /// <param name="output">The function's log.</param>
    /// <param name="failed">How many of its records were answered <c>ProcessingFailed</c>.</param>
    /// <param name="milliseconds">When, since 1970.</param>
    void WriteMetrics(Stream output, long failed, long milliseconds);
}
