namespace ProvableSec.Logs.Filtering;

/// <summary>What became of a record.</summary>
public enum FilterVerdict
{
    /// <summary>It is written, with redactions where there are any.</summary>
    Kept,

    /// <summary>A rule dropped it.</summary>
    Dropped,

    /// <summary>It is not a record of AWS WAF that could be read. It is kept byte by byte, and no redaction has been applied to it.</summary>
    Unprocessed,
}
