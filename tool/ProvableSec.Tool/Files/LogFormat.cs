using ProvableSec.Logs.Compressed;

namespace ProvableSec.Tool.Files;

/// <summary>What a file is, by its first bytes, and how it is read and written.</summary>
internal static class LogFormat
{
    /// <summary>How a file is compressed, by its first bytes.</summary>
    public static LogCompression CompressionOf(ReadOnlySpan<byte> head) =>
        FileSignature.IsGzip(head) ? LogCompression.Gzip
        : FileSignature.IsZstandard(head) ? LogCompression.Zstandard
        : LogCompression.None;

    /// <summary>How a file is compressed, by its name.</summary>
    public static LogCompression CompressionOf(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? LogCompression.Gzip
        : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? LogCompression.Zstandard
        : LogCompression.None;

    /// <summary>What a file is, when it cannot be read; null when it can, as far as its first bytes tell.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="path">Its name.</param>
    public static string? Problem(ReadOnlySpan<byte> head, string path)
    {
        if (FileSignature.OfAnotherKind(head) is { } other)
        {
            return "is " + other;
        }

        LogCompression named = CompressionOf(path);
        if (named == LogCompression.None || named == CompressionOf(head))
        {
            return null;
        }

        string name = named == LogCompression.Gzip ? "gzip" : "zstd";
        return head.IsEmpty ? $"is empty, not a {name} file"
            : head[0] is (byte)'{' or (byte)'[' or (byte)' ' or (byte)'\n' or (byte)'\r' or 0xEF ? $"is plain text although its name says {name}; rename it"
            : CompressionOf(head) != LogCompression.None ? $"is compressed, but not by {name} as its name says; rename it"
            : $"is not a {name} file";
    }

    /// <summary>Reads what is compressed.</summary>
    public static Stream Decompressed(Stream file, LogCompression compression) => compression switch
    {
        LogCompression.Gzip => new GzipInput(file),
        LogCompression.Zstandard => new ZstandardInput(file),
        _ => file,
    };

    /// <summary>Writes what is to be compressed.</summary>
    public static Stream Compressed(Stream file, LogCompression compression) => compression switch
    {
        LogCompression.Gzip => new GzipOutput(file),
        LogCompression.Zstandard => new ZstdSharp.CompressionStream(file, leaveOpen: true),
        _ => file,
    };
}
