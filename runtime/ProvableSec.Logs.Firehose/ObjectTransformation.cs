using System.IO.Compression;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ProvableSec.Logs.Blocks;
using ProvableSec.Logs.Compressed;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Logs.Firehose;

/// <summary>
/// Filters log objects of S3, as AWS WAF writes them, into another place. What is kept keeps its key and its compression; lines that are not records, which are
/// not
/// redacted, go to <see cref="UnprocessedFolder"/>. The object itself stays, so that nothing can be lost.
/// </summary>
/// <param name="filter">The filter.</param>
/// <param name="s3">The client.</param>
/// <param name="bucket">The bucket to write to.</param>
/// <param name="prefix">What keys there begin with; empty for none.</param>
internal sealed class ObjectTransformation(LogFilter filter, IAmazonS3 s3, string bucket, string prefix)
{
    /// <summary>Behind the prefix, where lines go that could not be read.</summary>
    public const string UnprocessedFolder = "unprocessed/";

    private const int BlockBytes = 1 << 20;

    private readonly LogFilterSession session = filter.CreateSession();

    /// <summary>What was done since <see cref="BeginCounting"/>.</summary>
    public FilterCounts Counts => session.Counts;

    /// <summary>Begins new counts.</summary>
    public void BeginCounting() => session.ResetCounts();

    /// <summary>Filters an object.</summary>
    /// <returns>Why that was not possible; null when it is done, or when the object is one that was written here.</returns>
    public string? Transform(LogObject source)
    {
        if (source.Bucket == bucket && (prefix.Length == 0 || source.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // Written here, it is the next event of the same bucket; without a prefix it would be written over itself.
            return prefix.Length == 0 ? $"{source}: the destination is the bucket itself, without a prefix" : null;
        }

        try
        {
            using FileStream content = Temporary(), kept = Temporary(), unprocessed = Temporary();
            using (GetObjectResponse response =
                s3.GetObjectAsync(new GetObjectRequest { BucketName = source.Bucket, Key = source.Key, VersionId = source.VersionId }).GetAwaiter().GetResult())
            {
                response.ResponseStream.CopyTo(content);
            }

            content.Position = 0;
            if (Unreadable(content, out bool isCompressed) is { } other)
            {
                return $"{source}: is {other}";
            }

            try
            {
                Filter(content, kept, unprocessed, isCompressed);
            }
            catch (InvalidDataException e)
            {
                content.Position = 0;
                return $"{source}: {GzipDiagnosis.Find(content) ?? e.Message}";
            }

            // What could not be read first: the event is given again when only one of them was written.
            Put(unprocessed, prefix + UnprocessedFolder + source.Key);
            Put(kept, prefix + source.Key);
            return null;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or IOException or InvalidDataException or HttpRequestException
            or UnauthorizedAccessException)
        {
            return $"{source}: {e.Message}";
        }
    }

    /// <summary>Why an object cannot be read, by its first bytes; null when it can, as far as they tell.</summary>
    private static string? Unreadable(FileStream content, out bool isCompressed)
    {
        Span<byte> head = stackalloc byte[FileSignature.Length];
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        content.Position = 0;
        isCompressed = FileSignature.IsGzip(head);
        return FileSignature.IsZstandard(head) ? "compressed by zstd; write it as gzip or plain text" : FileSignature.OfAnotherKind(head);
    }

    private void Filter(FileStream content, FileStream kept, FileStream unprocessed, bool isCompressed)
    {
        Stream lines = isCompressed ? new GzipInput(content) : content;
        using var keptLines = new LineFile(kept, isCompressed);
        using var unprocessedLines = new LineFile(unprocessed, isCompressed);
        var reader = new LogBlockReader(lines);
        var block = new LogBlock();
        while (reader.TryRead(block))
        {
            if (block.IsTooLong)
            {
                session.PassTooLong(block.Lines, block.BeginsTooLong, keptLines.Buffer, unprocessedLines.Buffer);
            }
            else
            {
                session.FilterLines(block.Lines, isFinal: true, keptLines.Buffer, unprocessedLines.Buffer);
            }

            keptLines.Flush();
            unprocessedLines.Flush();
        }
    }

    /// <summary>Writes an object, if there is something to write.</summary>
    private void Put(FileStream content, string key)
    {
        if (content.Length > 0)
        {
            content.Position = 0;
            s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false })
                .GetAwaiter().GetResult();
        }
    }

    /// <summary>A file for what is not redacted yet, which nobody else may read.</summary>
    private static FileStream Temporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BlockBytes / 16,
            Options = FileOptions.DeleteOnClose
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    /// <summary>Lines on the way into a file, compressed or not. A file for which there are none stays empty.</summary>
    private sealed class LineFile(FileStream file, bool isCompressed) : IDisposable
    {
        private Stream? target;

        public ByteBuffer Buffer { get; } = new(BlockBytes / 4);

        public void Flush()
        {
            if (Buffer.Length > 0)
            {
                target ??= isCompressed ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : file;
                target.Write(Buffer.Written);
                Buffer.Truncate(0);
            }
        }

        public void Dispose()
        {
            if (isCompressed)
            {
                target?.Dispose();
            }
        }
    }
}
