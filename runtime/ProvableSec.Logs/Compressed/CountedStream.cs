namespace ProvableSec.Logs.Compressed;

/// <summary>A stream that counts what is read from it.</summary>
/// <param name="stream">The stream; disposed of with this.</param>
internal sealed class CountedStream(Stream stream) : ForwardStream
{
    /// <summary>How many bytes have been read.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);
        Count += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
