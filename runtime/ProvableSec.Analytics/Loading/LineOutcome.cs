namespace ProvableSec.Analytics.Loading;

/// <summary>What a line was.</summary>
internal enum LineOutcome
{
    /// <summary>A record, which is in the table.</summary>
    Record,

    /// <summary>JSON, but no record of this kind.</summary>
    OtherKind,

    /// <summary>No JSON.</summary>
    Malformed,

    /// <summary>Nothing but white space.</summary>
    Blank,
}
