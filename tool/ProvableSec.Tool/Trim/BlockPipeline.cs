using System.Collections.Concurrent;
using ProvableSec.Logs;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Tool.Trim;

/// <summary>
/// Filters one stream of records in blocks and writes them in order. With several jobs one reads and decompresses, the others filter, and the caller compresses
/// and writes. What is under way is bounded by the number of jobs.
/// </summary>
internal sealed class BlockPipeline(SessionPool sessions, int jobs, Action<long> progress)
{
    private readonly ConcurrentBag<Filtered> spare = [];
    private volatile bool stopped;

    /// <summary>What has been written, and dropped.</summary>
    public FilterCounts Counts { get; } = new(sessions.Filter.Rules);

    /// <summary>Filters a stream to its end.</summary>
    /// <param name="input">Records.</param>
    /// <param name="output">Receives those that are kept.</param>
    /// <param name="unprocessed">Receives what is not a record; null to keep it among the others.</param>
    /// <param name="mayNeverEnd">Whether reading may wait for somebody: then nobody waits for it after a failure to write.</param>
    /// <exception cref="OutputFailure">Something cannot be written.</exception>
    /// <exception cref="IOException">The input cannot be read. What came before has been written.</exception>
    /// <exception cref="InvalidDataException">The same, of compressed data.</exception>
    public void Run(Stream input, LineOutput output, LineOutput? unprocessed, bool mayNeverEnd)
    {
        var reader = new LogBlockReader(input);
        if (jobs == 1)
        {
            var only = new Filtered();
            while (reader.TryRead(only.Block))
            {
                Write(Filter(only, unprocessed is not null), output, unprocessed);
            }

            return;
        }

        var underWay = new BlockingCollection<Task<Filtered>>(jobs);
        Task reading = Task.Factory.StartNew(() => ReadAll(reader, underWay, unprocessed is not null), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            foreach (Task<Filtered> next in underWay.GetConsumingEnumerable())
            {
                Filtered filtered = next.GetAwaiter().GetResult();
                Write(filtered, output, unprocessed);
                spare.Add(filtered);
            }
        }
        catch (OutputFailure)
        {
            // Nobody takes what is read any more.
            stopped = true;
            while (underWay.TryTake(out _))
            {
            }

            if (!mayNeverEnd)
            {
                Task.WaitAny(reading);
            }

            throw;
        }

        reading.GetAwaiter().GetResult();
    }

    private void ReadAll(LogBlockReader reader, BlockingCollection<Task<Filtered>> underWay, bool apart)
    {
        try
        {
            while (!stopped)
            {
                Filtered next = spare.TryTake(out Filtered? used) ? used : new Filtered();
                if (!reader.TryRead(next.Block))
                {
                    break;
                }

                underWay.Add(Task.Run(() => Filter(next, apart)));
            }
        }
        finally
        {
            underWay.CompleteAdding();
        }
    }

    private Filtered Filter(Filtered filtered, bool apart)
    {
        LogFilterSession session = sessions.Take();
        filtered.Output.Truncate(0);
        filtered.Unprocessed.Truncate(0);
        LogBlock block = filtered.Block;
        ByteBuffer? unprocessed = apart ? filtered.Unprocessed : null;
        if (block.IsTooLong)
        {
            session.PassTooLong(block.Lines, block.BeginsTooLong, filtered.Output, unprocessed);
        }
        else
        {
            session.FilterLines(block.Lines, isFinal: true, filtered.Output, unprocessed);
        }

        filtered.Counts = session.Counts;
        sessions.Return(session);
        return filtered;
    }

    private void Write(Filtered filtered, LineOutput output, LineOutput? unprocessed)
    {
        output.Write(filtered.Output.Written);
        unprocessed?.Write(filtered.Unprocessed.Written);
        Counts.Add(filtered.Counts!);
        progress(filtered.Counts!.Records);
    }

    /// <summary>A block and what becomes of it.</summary>
    private sealed class Filtered
    {
        public LogBlock Block { get; } = new();

        public ByteBuffer Output { get; } = new(LogBlock.Size / 4);

        public ByteBuffer Unprocessed { get; } = new();

        public FilterCounts? Counts { get; set; }
    }
}
