using System.Collections.Immutable;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Firehose;

/// <summary>Filters and redacts log records of AWS WAF.</summary>
/// <param name="filter">The filter.</param>
/// <param name="partitionKeys">The fields, if any, whose values in a record become its partition keys ("Dynamic partitioning").</param>
internal sealed class FilteringTransformer(LogFilter filter, params ImmutableArray<LogField> partitionKeys) : IRecordTransformer
{
    private readonly ByteBuffer unprocessed = new();
    private readonly RecordInflation inflation = new();
    private readonly LogBlock block = new();
    private readonly FilterCounts before = new(filter.Rules);
    private LogFilterSession session = filter.CreateSession();

    /// <summary>What was done with the last event.</summary>
    public FilterCounts Counts => session.Counts;

    public void Begin() => session.ResetCounts();

    public void BeginRecord() => before.Set(session.Counts);

    public void TakeBack() => session.Counts.Set(before);

    public void Reset() => session = filter.CreateSession();

    public bool TryTransform(byte[] data, int length, ByteBuffer output)
    {
        unprocessed.Truncate(0);
        ReadOnlySpan<byte> records = data.AsSpan(0, length);
        if (!FileSignature.IsGzip(records))
        {
            session.FilterLines(data, length, output, unprocessed);
        }
        else if (inflation.TryInflate(data, length))
        {
            records = inflation.Inflated;
            session.FilterLines(records, isFinal: true, output, unprocessed);
        }
        else
        {
            return false;
        }

        if (unprocessed.Length == 0)
        {
            return true;
        }

        // Perhaps a record over several lines. If not, all of it stays together, as it was.
        session.Counts.Set(before);
        output.Truncate(0);
        unprocessed.Truncate(0);
        var reader = new LogBlockReader(new MemoryStream(records.ToArray()));
        while (reader.TryRead(block))
        {
            session.FilterLines(block.Lines, isFinal: true, output, unprocessed);
        }

        return unprocessed.Length == 0;
    }

    public IEnumerable<(string Name, ReadOnlyMemory<byte> Value)> PartitionKeysOf(ReadOnlyMemory<byte> output) =>
        partitionKeys.IsDefaultOrEmpty ? [] : partitionKeys.Select(field => (LogFieldNames.Of(field), ValueOf(field, output)));

    public void WriteMetrics(Stream output, long failed, long milliseconds) => MetricsLine.Write(output, Counts, failed, milliseconds);

    /// <summary>The value that all records of an output have, as it is escaped there: Firehose delivers them together.</summary>
    private ReadOnlyMemory<byte> ValueOf(LogField field, ReadOnlyMemory<byte> output)
    {
        ReadOnlySpan<byte> value = default, lines = output.Span[..^1];
        bool isFirst = true;
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            if (!line.ContainsAnyExcept(" \t\r"u8))
            {
                continue;
            }

            ReadOnlySpan<byte> its = session.RawValueOf(line, field);
            if (!isFirst && !its.SequenceEqual(value))
            {
                return "mixed"u8.ToArray();
            }

            value = its;
            isFirst = false;
        }

        return value.IsEmpty ? "none"u8.ToArray() : value.ToArray();
    }
}
