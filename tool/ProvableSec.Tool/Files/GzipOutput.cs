using System.IO.Compression;

namespace ProvableSec.Tool.Files;

/// <summary>A file compressed by gzip, also when nothing is written: <see cref="GZipStream"/> would leave no gzip file but an empty one, which nothing
/// reads.</summary>
/// <param name="file">The file; it stays open.</param>
internal sealed class GzipOutput(Stream file) : Stream
{
    /// <summary>A member without content (RFC 1952, 2.3).</summary>
    private static readonly byte[] Empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private GZipStream? gzip;
    private bool isDisposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            gzip ??= new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => gzip?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            if (gzip is null)
            {
                file.Write(Empty);
            }
            else
            {
                gzip.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
