using System.IO.Compression;
using System.Security.Cryptography;

namespace ProvableSec.Logs.Compressed;

/// <summary>
/// A gzip file, decompressed, that must be whole. <see cref="GZipStream"/> takes a file that breaks off for one that ends. So a last member is put behind
/// the file whose content nobody can guess: it comes out at the end only if everything before it was complete.
/// </summary>
internal sealed class GzipInput : ForwardStream
{
    private const int MarkLength = 16;

    private readonly byte[] mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly CountedStream file;
    private readonly GZipStream gzip;
    private readonly ExpansionLimit limit = new();
    private readonly byte[] buffer = new byte[(1 << 16) + MarkLength];
    private int start;
    private int end;
    private bool ended;
    private bool complete;

    /// <summary>Prepares to read.</summary>
    /// <param name="file">The compressed bytes; disposed of with this.</param>
    public GzipInput(Stream file)
    {
        this.file = new CountedStream(file);
        gzip = new GZipStream(new FollowedStream(this.file, Member(mark)), CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">It decompresses to more than a log can, see <see cref="ExpansionLimit"/>.</exception>
    /// <exception cref="InvalidDataException">The file is not a gzip file, or a part of one; <see cref="GzipDiagnosis"/> says which. What could be decompressed
    /// has been read.</exception>
    public override int Read(Span<byte> target)
    {
        while (!ended && end - start <= MarkLength)
        {
            Fill();
        }

        int read = Math.Min(ended ? end - start : end - start - MarkLength, target.Length);
        buffer.AsSpan(start, read).CopyTo(target);
        start += read;
        return read > 0 || target.IsEmpty || complete ? read : throw new InvalidDataException("the compressed data break off, or are damaged");
    }

    /// <inheritdoc/>
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
            // The mark was taken for data, or it is not a gzip file at all.
        }

        limit.Check(file.Count, read);
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
    private sealed class FollowedStream(Stream first, byte[] after) : ForwardStream
    {
        private bool firstEnded;
        private int given;

        public override int Read(Span<byte> target)
        {
            int read = firstEnded ? 0 : first.Read(target);
            if (read == 0)
            {
                firstEnded = true;
                read = Math.Min(target.Length, after.Length - given);
                after.AsSpan(given, read).CopyTo(target);
                given += read;
            }

            return read;
        }

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
