using ProvableSec.Analytics.Tables;

namespace ProvableSec.Analytics.Loading;

/// <summary>Makes rows of records of one kind. Not thread-safe.</summary>
internal interface IRecordReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without line feed.</param>
    /// <param name="rows">Receives a row for each record in it; none unless the line is one of these records.</param>
    LineOutcome Read(ReadOnlySpan<byte> line, RowWriter rows);

    /// <summary>Members of records that this version does not know, and in how many records they are.</summary>
    IReadOnlyDictionary<string, long> UnknownMembers { get; }
}
