using System.IO.Compression;
using System.Security.Cryptography;

namespace ProvableSec.Tool.Input;

/// <summary>
/// A gzip file, decompressed, that must be whole. <see cref="GZipStream"/> takes a file that breaks off for one that ends. So a last member is put behind
/// the file whose content nobody can guess: it comes out at the end only if everything before it was complete.
/// </summary>
internal sealed class GzipInput : Stream
{
    private const int MarkLength = 16;

    private readonly byte[] mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly GZipStream gzip;
    private readonly byte[] buffer = new byte[(1 << 16) + MarkLength];
    private int start;
    private int end;
    private bool ended;
    private bool complete;

    public GzipInput(Stream file) => gzip = new GZipStream(new Followed(file, Member(mark)), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is no gzip file, or a part of one. What could be decompressed has been read.</exception>
    public override int Read(byte[] target, int offset, int count)
    {
        while (!ended && end - start <= MarkLength)
        {
            Fill();
        }

        int ready = ended ? end - start : end - start - MarkLength;
        int read = Math.Min(ready, count);
        Array.Copy(buffer, start, target, offset, read);
        start += read;
        return read > 0 || count == 0 || complete ? read : throw new InvalidDataException("the compressed data break off");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read = 0;
        try
        {
            read = gzip.Read(buffer, end, buffer.Length - end);
        }
        catch (InvalidDataException)
        {
            // The mark was taken for data, or there is no gzip file at all.
        }

        end += read;
        if (read == 0)
        {
            ended = true;
            complete = buffer.AsSpan(start, end - start).EndsWith(mark);
            end -= complete ? MarkLength : 0;
        }
    }

    private static byte[] Member(byte[] content)
    {
        var bytes = new MemoryStream();
        using (var member = new GZipStream(bytes, CompressionLevel.NoCompression))
        {
            member.Write(content);
        }

        return bytes.ToArray();
    }

    /// <summary>A stream and some bytes after it.</summary>
    private sealed class Followed(Stream first, byte[] after) : Stream
    {
        private int given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] target, int offset, int count)
        {
            int read = given > 0 ? 0 : first.Read(target, offset, count);
            if (read == 0)
            {
                read = Math.Min(count, after.Length - given);
                Array.Copy(after, given, target, offset, read);
                given += read;
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] source, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
