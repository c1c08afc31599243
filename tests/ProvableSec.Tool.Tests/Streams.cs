namespace ProvableSec.Tool.Tests;

/// <summary>A stream that is made up while it is read.</summary>
internal sealed class GeneratedStream(Func<long, byte[]?> next) : Stream
{
    private byte[] current = [];
    private int at;
    private long index;

    /// <summary>How many bytes have been taken.</summary>
    public long Taken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (at == current.Length)
        {
            at = 0;
            current = next(index++) ?? [];
        }

        int read = Math.Min(count, current.Length - at);
        Array.Copy(current, at, buffer, offset, read);
        at += read;
        Taken += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A stream that shows each piece written to it, and forgets it.</summary>
internal sealed class WatchedStream(Action<ReadOnlyMemory<byte>> written) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => written(buffer.AsMemory(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
