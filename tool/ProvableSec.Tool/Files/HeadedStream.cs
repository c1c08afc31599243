using ProvableSec.Logs.Compressed;

namespace ProvableSec.Tool.Files;

/// <summary>A stream whose first bytes are known before it is read.</summary>
internal sealed class HeadedStream : ForwardStream
{
    private readonly Stream stream;
    private readonly byte[] head;
    private readonly int length;
    private int given;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="stream">The stream; disposed of with this.</param>
    /// <param name="headBytes">How many.</param>
    public HeadedStream(Stream stream, int headBytes)
    {
        this.stream = stream;
        head = new byte[headBytes];
        length = stream.ReadAtLeast(head, headBytes, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes; fewer when the stream has no more.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, length);

    public override int Read(Span<byte> buffer)
    {
        if (given == length)
        {
            return stream.Read(buffer);
        }

        int read = Math.Min(buffer.Length, length - given);
        head.AsSpan(given, read).CopyTo(buffer);
        given += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
