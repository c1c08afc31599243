namespace ProvableSec.Tool.Files;

/// <summary>How a file of records is compressed.</summary>
internal enum LogCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>RFC 8878.</summary>
    Zstandard,
}
