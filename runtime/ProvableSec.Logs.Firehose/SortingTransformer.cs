using System.Text;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Findings;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// Sorts findings of GuardDuty by type and day: the finding stays as it is, and what it is sorted by becomes its partition keys, by which Firehose chooses
/// where it is delivered. What is not a finding, or several that belong in different places, is <c>ProcessingFailed</c>.
/// </summary>
internal sealed class SortingTransformer : IRecordTransformer
{
    private readonly RecordInflation inflation = new();
    private readonly LogBlock block = new();
    private readonly ByteBuffer sorted = new();
    private readonly FindingSorting sorting;
    private FindingPartition? partition;
    private bool isTogether;
    private long before;

    public SortingTransformer() => sorting = new FindingSorting(Take, _ => isTogether = false);

    /// <summary>How many findings of the last event were sorted.</summary>
    public long Sorted { get; private set; }

    public void Begin() => Sorted = 0;

    public void BeginRecord() => before = Sorted;

    public void TakeBack() => Sorted = before;

    public void Reset()
    {
        // Nothing is kept from one record to the next.
    }

    public bool TryTransform(byte[] data, int length, ByteBuffer output)
    {
        ReadOnlySpan<byte> findings = data.AsSpan(0, length);
        if (FileSignature.IsGzip(findings))
        {
            if (!inflation.TryInflate(data, length))
            {
                return false;
            }

            findings = inflation.Inflated;
        }

        BeginSorting();
        sorting.Sort(findings, isPart: false);
        if (!isTogether && findings.TrimEnd(" \t\r\n"u8).Contains((byte)'\n'))
        {
            // Perhaps a finding over several lines.
            BeginSorting();
            var reader = new LogBlockReader(new MemoryStream(findings.ToArray()));
            while (isTogether && reader.TryRead(block))
            {
                sorting.Sort(block.Lines, isPart: block.IsTooLong);
            }
        }

        // Nothing but white space is no finding either: whoever sent it meant something by it.
        if (!isTogether || partition is null)
        {
            return false;
        }

        output.Write(sorted.Written);
        return true;
    }

    public IEnumerable<(string Name, ReadOnlyMemory<byte> Value)> PartitionKeysOf(ReadOnlyMemory<byte> output) =>
        partition is { } its ? its.Keys.Select(key => (key.Name, (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(key.Value))) : [];

    public void WriteMetrics(Stream output, long failed, long milliseconds) => MetricsLine.WriteSorted(output, Sorted, failed, milliseconds);

    private void BeginSorting()
    {
        (partition, isTogether, Sorted) = (null, true, before);
        sorted.Truncate(0);
    }

    private void Take(FindingPartition its, ReadOnlySpan<byte> finding)
    {
        isTogether &= partition is null || partition == its;
        partition = its;
        Sorted++;
        sorted.Write(finding);
        sorted.Write("\n"u8);
    }
}
