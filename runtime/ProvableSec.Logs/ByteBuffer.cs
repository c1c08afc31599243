using System.Buffers;
using System.Runtime.CompilerServices;

namespace ProvableSec.Logs;

/// <summary>Bytes that are written one after the other into memory that is used again. Not thread-safe.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    private byte[] bytes;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="capacity">Bytes it has room for before it grows.</param>
    public ByteBuffer(int capacity = 256) => bytes = new byte[capacity];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, Length);

    /// <summary>Forgets all bytes after the first ones.</summary>
    public void Truncate(int length) => Length = Math.Min(length, Length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(Length);
    }

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> more)
    {
        Reserve(more.Length);
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int more)
    {
        if (bytes.Length - Length < Math.Max(more, 1))
        {
            Grow(Math.Max(more, 1));
        }
    }

    private void Grow(int more) =>
        Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)bytes.Length * 2, (long)Length + more)));
}
