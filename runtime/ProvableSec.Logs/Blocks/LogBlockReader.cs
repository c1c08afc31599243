using System.Runtime.ExceptionServices;

namespace ProvableSec.Logs.Blocks;

/// <summary>
/// Reads a stream of log records in blocks of lines, one record a line. What is laid out otherwise becomes so: a record over several lines, the elements of an
/// array. Everything else stays as it is, line by line. Not thread-safe.
/// </summary>
/// <param name="input">The stream. It is not disposed of.</param>
/// <param name="mostLineBytes">Longer lines are handed on in parts.</param>
internal sealed class LogBlockReader(Stream input, int mostLineBytes = LogBlockReader.MostLineBytes)
{
    /// <summary>Lines, and records over several lines, may have this many bytes. Records of AWS WAF have a few thousand.</summary>
    public const int MostLineBytes = 64 << 20;

    private readonly RecordSplitter splitter = new();
    private byte[] pending = new byte[2 * LogBlock.Size];
    private int start;
    private int end;
    private bool ended;
    private bool inTooLong;
    private ExceptionDispatchInfo? broken;

    /// <summary>Reads the next block.</summary>
    /// <param name="block">Receives it.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="IOException">The stream cannot be read. What came before has been handed out.</exception>
    /// <exception cref="InvalidDataException">The same, of compressed data.</exception>
    public bool TryRead(LogBlock block)
    {
        block.Clear();
        Fill(LogBlock.Size);
        while (start < end)
        {
            if (inTooLong)
            {
                TakePartOfTooLong(block);
                return true;
            }

            if (splitter.IsAtLine && TakePlainLines(block))
            {
                return true;
            }

            if (Split(block))
            {
                return true;
            }
        }

        if (block.Bytes.Length == 0)
        {
            // What came before the place where the input breaks off has been handed out.
            broken?.Throw();
        }

        return block.Bytes.Length > 0;
    }

    private ReadOnlySpan<byte> Pending => pending.AsSpan(start, end - start);

    /// <summary>Takes lines that are records, as far as their first and last bytes tell.</summary>
    /// <returns>False when the first line is none of them, or has no end yet.</returns>
    private bool TakePlainLines(LogBlock block)
    {
        ReadOnlySpan<byte> bytes = Pending;
        int at = 0;
        while (at < bytes.Length)
        {
            int length = bytes[at..].IndexOf((byte)'\n');
            if (length < 0 && !ended)
            {
                break;
            }

            int next = length < 0 ? bytes.Length : at + length + 1;
            if (!IsPlain(bytes[at..next]))
            {
                break;
            }

            at = next;
        }

        block.Bytes.Write(bytes[..at]);
        start += at;
        return at > 0;
    }

    private static bool IsPlain(ReadOnlySpan<byte> line)
    {
        int last = line.Length - 1;
        while (last >= 0 && line[last] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
        {
            last--;
        }

        return last < 0 || (line[0] == '{' && line[last] == '}');
    }

    /// <summary>Takes what is laid out otherwise, value by value.</summary>
    /// <returns>False when nothing has been taken but white space.</returns>
    private bool Split(LogBlock block)
    {
        while (start < end && block.Bytes.Length < LogBlock.Size)
        {
            int taken = splitter.Take(Pending, ended, block.Bytes);
            if (taken == RecordSplitter.NeedsMore)
            {
                if (end - start < mostLineBytes)
                {
                    Fill(Math.Min((end - start) * 2, mostLineBytes));
                    continue;
                }

                taken = splitter.TakeLine(Pending, ended, block.Bytes);
                if (taken == RecordSplitter.NeedsMore)
                {
                    if (block.Bytes.Length == 0)
                    {
                        inTooLong = true;
                        block.IsTooLong = block.BeginsTooLong = true;
                        TakePartOfTooLong(block);
                    }

                    return true;
                }
            }

            start += taken;
            if (splitter.IsAtLine && start < end && Pending[0] == '{')
            {
                break;
            }
        }

        return block.Bytes.Length > 0;
    }

    private void TakePartOfTooLong(LogBlock block)
    {
        block.IsTooLong = true;
        ReadOnlySpan<byte> part = Pending[..Math.Min(end - start, LogBlock.Size)];
        int length = part.IndexOf((byte)'\n') + 1;
        inTooLong = length == 0;
        part = inTooLong ? part : part[..length];
        block.Bytes.Write(part);
        start += part.Length;
    }

    /// <summary>Reads until this many bytes are pending, or the stream ends.</summary>
    private void Fill(int wanted)
    {
        if (ended || end - start >= wanted)
        {
            return;
        }

        if (start > 0)
        {
            pending.AsSpan(start, end - start).CopyTo(pending);
            (start, end) = (0, end - start);
        }

        if (pending.Length < wanted)
        {
            Array.Resize(ref pending, wanted);
        }

        while (end < wanted && !ended)
        {
            int read = 0;
            try
            {
                read = input.Read(pending, end, pending.Length - end);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                broken = ExceptionDispatchInfo.Capture(e);
            }

            end += read;
            ended = read == 0;
        }
    }
}
