using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DuckDB.NET.Data;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Analytics.Loading;

/// <summary>Fills a table from streams of records. One thread reads and decompresses, the others make rows; what is under way is bounded by their
/// number.</summary>
internal sealed class LogLoader : IDisposable
{
    private readonly BlockingCollection<LogBlock> full;
    private readonly ConcurrentBag<LogBlock> spare = [];
    private readonly Task[] workers;
    private readonly LoadCounts counts = new();
    private volatile ExceptionDispatchInfo? failure;

    /// <summary>Starts.</summary>
    /// <param name="connect">Opens a connection to the database of the table.</param>
    /// <param name="table">The table, which exists.</param>
    /// <param name="wanted">The columns that are filled; all when null.</param>
    /// <param name="reader">Makes a reader.</param>
    /// <param name="jobs">How many threads make rows.</param>
    public LogLoader(Func<DuckDBConnection> connect, LogTable table, IReadOnlySet<string>? wanted, Func<IRecordReader> reader, int jobs)
    {
        full = new BlockingCollection<LogBlock>(jobs * 2);
        workers = [.. Enumerable.Range(0, jobs).Select(_ => Task.Factory.StartNew(
            () => Work(new RowWriter(connect(), table, wanted), reader()),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
    }

    /// <summary>Whether rows cannot be written any more.</summary>
    public bool HasFailed => failure is not null;

    /// <summary>Reads one stream to its end.</summary>
    /// <param name="input">The records.</param>
    /// <param name="progress">Is told of bytes that have been read.</param>
    /// <exception cref="IOException">It cannot be read to its end, or the table cannot be written. What came before the place where it breaks off is in the
    /// table.</exception>
    /// <exception cref="InvalidDataException">The same, of compressed data.</exception>
    public void Read(Stream input, Action<long> progress)
    {
        var reader = new LogBlockReader(input);
        counts.Files++;
        while (true)
        {
            LogBlock block = spare.TryTake(out LogBlock? used) ? used : new LogBlock();
            if (!reader.TryRead(block))
            {
                return;
            }

            counts.Bytes += block.Lines.Length;
            progress(block.Lines.Length);
            while (!full.TryAdd(block, millisecondsTimeout: 100))
            {
                failure?.Throw();
            }
        }
    }

    /// <summary>Waits until everything is in the table.</summary>
    /// <exception cref="IOException">The table cannot be written.</exception>
    public LoadCounts Finish()
    {
        full.CompleteAdding();
        Task.WaitAll(workers);
        failure?.Throw();
        return counts;
    }

    public void Dispose()
    {
        full.CompleteAdding();
        Task.WaitAll(workers);
        full.Dispose();
    }

    private void Work(RowWriter rows, IRecordReader reader)
    {
        var done = new LoadCounts();
        try
        {
            using (rows)
            {
                var lines = new LineLoader(rows, reader, done);
                foreach (LogBlock block in full.GetConsumingEnumerable())
                {
                    lines.Load(block);
                    spare.Add(block);
                }

                rows.Flush();
                done.Records = rows.Rows;
            }
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (counts)
        {
            counts.Add(done);
            counts.AddUnknown(reader.UnknownMembers);
        }
    }

    /// <summary>Loads the lines of blocks.</summary>
    private sealed class LineLoader(RowWriter rows, IRecordReader reader, LoadCounts counts)
    {
        private readonly RecordUnpacking unpacking = new([]);
        private readonly ByteBuffer unpacked = new();

        public void Load(LogBlock block)
        {
            if (block.IsTooLong)
            {
                counts.TooLong += block.BeginsTooLong ? 1 : 0;
                return;
            }

            ReadOnlySpan<byte> lines = block.Lines;
            while (!lines.IsEmpty)
            {
                int length = lines.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = length < 0 ? lines : lines[..length];
                lines = length < 0 ? default : lines[(length + 1)..];
                Count(Load(line));
            }
        }

        private LineOutcome Load(ReadOnlySpan<byte> line)
        {
            LineOutcome outcome = reader.Read(line, rows);
            if (outcome is LineOutcome.Record or LineOutcome.Blank)
            {
                return outcome;
            }

            unpacked.Truncate(0);
            if (!unpacking.TryUnpack(line, unpacked))
            {
                return outcome;
            }

            // What is in an envelope is looked at one by one; an envelope that carries nothing is as good as none.
            ReadOnlySpan<byte> records = unpacked.Written;
            if (records.IsEmpty)
            {
                return LineOutcome.Blank;
            }

            while (!records.IsEmpty)
            {
                int length = records.IndexOf((byte)'\n');
                Count(reader.Read(records[..length], rows));
                records = records[(length + 1)..];
            }

            return LineOutcome.Blank;
        }

        private void Count(LineOutcome outcome)
        {
            counts.OtherKind += outcome == LineOutcome.OtherKind ? 1 : 0;
            counts.Malformed += outcome == LineOutcome.Malformed ? 1 : 0;
        }
    }
}
