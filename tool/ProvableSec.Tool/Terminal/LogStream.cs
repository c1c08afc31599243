using System.Buffers;

namespace ProvableSec.Tool.Terminal;

/// <summary>Bytes on their way to a log or a terminal (<see cref="LogText"/>). Does not close what it writes to.</summary>
internal sealed class LogStream(Stream to, bool colors) : Stream
{
    private readonly LogText text = new(colors);
    private readonly ArrayBufferWriter<byte> safe = new(1 << 12);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next line is a command of the CI system, and meant to be.</summary>
    public void AllowCommand() => text.AllowCommand();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        text.Write(buffer, safe);
        Pass();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override void Flush()
    {
        text.Flush(safe);
        Pass();
        to.Flush();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass()
    {
        if (safe.WrittenCount > 0)
        {
            to.Write(safe.WrittenSpan);
            safe.ResetWrittenCount();
        }
    }
}
