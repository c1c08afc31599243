using System.Buffers;
using ProvableSec.Logs.Compressed;

namespace ProvableSec.Tool.Batch;

/// <summary>
/// Cuts a stream into blocks of whole lines. A block is what one read brought, so a slow producer gets its answers at once and a fast one large blocks.
/// </summary>
internal sealed class LineBlockReader(Stream stream)
{
    /// <summary>Lines may have this many bytes.</summary>
    public const int MaxLineBytes = 16 << 20;

    private const int BlockBytes = 1 << 16;

    private byte[]? buffer;
    private int filled;
    private int line = 1;
    private bool atEnd;
    private bool skipping;

    /// <summary>
    /// Reads ahead until a complete line is there whose first character is not white space, or the end, or the limit; nothing is consumed.
    /// </summary>
    /// <param name="enough">Told what has been read and whether the end was reached; true to stop reading.</param>
    public ReadOnlySpan<byte> Peek(Func<ReadOnlyMemory<byte>, bool, bool> enough)
    {
        buffer ??= ArrayPool<byte>.Shared.Rent(BlockBytes);
        while (!enough(buffer.AsMemory(0, filled), atEnd) && !atEnd && filled <= MaxLineBytes)
        {
            Fill();
        }

        return buffer.AsSpan(0, filled);
    }

    /// <summary>Drops bytes that <see cref="Peek"/> has shown: a byte order mark.</summary>
    public void Skip(int count)
    {
        buffer.AsSpan(count, filled - count).CopyTo(buffer);
        filled -= count;
    }

    /// <summary>What is left of the stream, as a stream.</summary>
    public Stream Rest() => new PeekedStream(buffer is null ? ReadOnlyMemory<byte>.Empty : buffer.AsMemory(0, filled), stream);

    /// <summary>The next lines, or null at the end.</summary>
    public LineBlock? Next()
    {
        buffer ??= ArrayPool<byte>.Shared.Rent(BlockBytes);
        int searched = 0;
        while (true)
        {
            if (skipping)
            {
                if (SkipLine() is { } tooLong)
                {
                    return tooLong;
                }

                searched = 0;
            }

            int last = buffer.AsSpan(searched, filled - searched).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return Cut(searched + last + 1);
            }

            if (atEnd)
            {
                return filled > 0 ? Cut(filled) : null;
            }

            searched = filled;
            if (filled > MaxLineBytes)
            {
                skipping = true;
                filled = 0;
                continue;
            }

            Fill();
        }
    }

    private LineBlock Cut(int length)
    {
        byte[] full = buffer!;
        int rest = filled - length;
        buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, rest));
        full.AsSpan(length, rest).CopyTo(buffer);
        filled = rest;

        int lines = full.AsSpan(0, length).Count((byte)'\n') + (full[length - 1] == '\n' ? 0 : 1);
        var block = new LineBlock(full, 0, length, line, lines);
        line += lines;
        return block;
    }

    /// <summary>Throws bytes away up to the line feed; then a block stands for the line.</summary>
    private LineBlock? SkipLine()
    {
        while (true)
        {
            int end = buffer.AsSpan(0, filled).IndexOf((byte)'\n');
            if (end < 0 && !atEnd)
            {
                filled = 0;
                Fill();
                continue;
            }

            Skip(end < 0 ? filled : end + 1);
            skipping = false;
            return new LineBlock([], 0, 0, line++, 1, tooLong: true);
        }
    }

    private void Fill()
    {
        if (filled == buffer!.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        int read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        atEnd = read == 0;
    }

    private sealed class PeekedStream(ReadOnlyMemory<byte> first, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> first = first;

        public override int Read(Span<byte> buffer)
        {
            if (first.IsEmpty)
            {
                return rest.Read(buffer);
            }

            int count = Math.Min(first.Length, buffer.Length);
            first.Span[..count].CopyTo(buffer);
            first = first[count..];
            return count;
        }
    }
}
