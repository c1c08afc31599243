using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ProvableSec.Logs;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Tool.Trimming;

/// <summary>
/// Filters a stream of lines in blocks, several at a time, and writes them in order. What is under way is bounded by the number of sessions; a line of any
/// length is kept together.
/// </summary>
internal sealed class BlockPipeline(LogFilter filter, int jobs, Action<long> progress)
{
    private const int BlockBytes = 1 << 20;

    private readonly ConcurrentBag<LogFilterSession> sessions = [];
    private readonly Queue<Task<Block>> underWay = new();
    private readonly Stack<Block> spare = new();

    /// <summary>What has been done, in all streams.</summary>
    public FilterCounts Counts
    {
        get
        {
            var counts = new FilterCounts(filter.Rules);
            foreach (LogFilterSession session in sessions)
            {
                counts.Add(session.Counts);
            }

            return counts;
        }
    }

    /// <summary>Filters a stream to its end.</summary>
    /// <param name="input">Lines.</param>
    /// <param name="output">Receives those that are kept.</param>
    /// <param name="unprocessed">Receives those that are no record; null to keep them among the others.</param>
    public void Run(Stream input, LineOutput output, LineOutput? unprocessed)
    {
        byte[] rest = [];
        bool final = false;
        ExceptionDispatchInfo? broken = null;
        while (!final)
        {
            Block block = spare.TryPop(out Block? used) ? used : new Block();
            rest = block.Fill(input, rest, out final, out broken);
            underWay.Enqueue(jobs == 1 ? Task.FromResult(Filter(block, unprocessed is not null)) : Task.Run(() => Filter(block, unprocessed is not null)));
            if (underWay.Count > jobs)
            {
                WriteFirst(output, unprocessed);
            }
        }

        while (underWay.Count > 0)
        {
            WriteFirst(output, unprocessed);
        }

        // What came before the place where the input breaks off has been written.
        broken?.Throw();
    }

    private Block Filter(Block block, bool apart)
    {
        LogFilterSession session = sessions.TryTake(out LogFilterSession? used) ? used : filter.CreateSession();
        long before = session.Counts.Records;

        // A block that is not the last one ends with its line, so that every line in it is whole.
        session.FilterLines(block.Lines, isFinal: true, block.Output, apart ? block.Unprocessed : null);
        block.Records = session.Counts.Records - before;
        sessions.Add(session);
        return block;
    }

    private void WriteFirst(LineOutput output, LineOutput? unprocessed)
    {
        Block block = underWay.Dequeue().GetAwaiter().GetResult();
        output.Write(block.Output.Written);
        unprocessed?.Write(block.Unprocessed.Written);
        progress(block.Records);
        spare.Push(block);
    }

    /// <summary>Some whole lines and what becomes of them.</summary>
    private sealed class Block
    {
        private byte[] bytes = new byte[BlockBytes];
        private int length;

        public ReadOnlySpan<byte> Lines => bytes.AsSpan(0, length);

        public ByteBuffer Output { get; } = new(BlockBytes / 4);

        public ByteBuffer Unprocessed { get; } = new();

        public long Records { get; set; }

        /// <summary>Reads until the block is full and has the end of a line, or the stream ends.</summary>
        /// <param name="input">The stream.</param>
        /// <param name="begun">The beginning of a line that the block before could not end.</param>
        /// <param name="final">Whether the stream has ended.</param>
        /// <param name="broken">Why it ended; null at a proper end.</param>
        /// <returns>The beginning of a line that this block cannot end.</returns>
        public byte[] Fill(Stream input, byte[] begun, out bool final, out ExceptionDispatchInfo? broken)
        {
            broken = null;
            Output.Truncate(0);
            Unprocessed.Truncate(0);
            if (bytes.Length < begun.Length + BlockBytes)
            {
                bytes = new byte[begun.Length + BlockBytes];
            }

            begun.CopyTo(bytes, 0);
            length = begun.Length;
            int searched = 0;
            while (true)
            {
                if (length == bytes.Length)
                {
                    int end = bytes.AsSpan(searched).LastIndexOf((byte)'\n') + 1;
                    if (end > 0)
                    {
                        byte[] rest = bytes[(searched + end)..];
                        length = searched + end;
                        final = false;
                        return rest;
                    }

                    searched = length;
                    Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, bytes.Length * 2L));
                }

                int read = 0;
                try
                {
                    read = input.Read(bytes, length, bytes.Length - length);
                }
                catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    broken = ExceptionDispatchInfo.Capture(e);
                }

                length += read;
                if (read == 0)
                {
                    final = true;
                    return [];
                }
            }
        }
    }
}
