namespace ProvableSec.Tool.Trimming;

/// <summary>A stream that knows whether its last line has ended, so that the next file's first line does not join it.</summary>
internal sealed class LineFeedGuard(Stream inner) : Stream
{
    private bool open;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends a line that has not ended.</summary>
    public void EndLine()
    {
        if (open)
        {
            Write("\n"u8);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            inner.Write(buffer);
            open = buffer[^1] != '\n';
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
