namespace ProvableSec.Logs.Compressed;

/// <summary>What the first bytes of a file say that it is.</summary>
internal static class FileSignature
{
    /// <summary>At most this many first bytes tell.</summary>
    public const int Length = 6;

    private static readonly (byte[] Bytes, string What)[] Others =
    [
        ("PK\u0003\u0004"u8.ToArray(), "a zip archive; extract it first (unzip -p)"),
        ("PK\u0005\u0006"u8.ToArray(), "a zip archive with nothing in it"),
        ("BZh"u8.ToArray(), "compressed by bzip2; decompress it first (bzcat)"),
        ([0xFD, .. "7zXZ"u8], "compressed by xz; decompress it first (xzcat)"),
        ([0x04, 0x22, 0x4D, 0x18], "compressed by lz4; decompress it first (lz4cat)"),
        ("PAR1"u8.ToArray(), "a Parquet file; expected log records as JSON"),
        ([0xFF, 0xFE], "UTF-16; convert it first (iconv -f UTF-16 -t UTF-8)"),
        ([0xFE, 0xFF], "UTF-16; convert it first (iconv -f UTF-16 -t UTF-8)"),
        ("{\0"u8.ToArray(), "UTF-16; convert it first (iconv -f UTF-16LE -t UTF-8)"),
        ("\0{"u8.ToArray(), "UTF-16; convert it first (iconv -f UTF-16BE -t UTF-8)"),
    ];

    /// <summary>Whether it is compressed by gzip (RFC 1952).</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Whether it is compressed by zstd (RFC 8878).</summary>
    public static bool IsZstandard(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);

    /// <summary>What it is, and what to do, when it is something of which no log records are read; null when it is not, as far as these bytes tell.</summary>
    /// <param name="head">The first bytes.</param>
    public static string? OfAnotherKind(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] bytes, string what) in Others)
        {
            if (head.StartsWith(bytes))
            {
                return what;
            }
        }

        return null;
    }
}
