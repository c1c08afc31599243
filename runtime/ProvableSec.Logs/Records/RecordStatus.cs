namespace ProvableSec.Logs.Records;

/// <summary>What a line is.</summary>
internal enum RecordStatus : byte
{
    /// <summary>One JSON object.</summary>
    Valid,

    /// <summary>One JSON object in which a member that is read occurs twice, so that readers may differ on what it says.</summary>
    RepeatedMember,

    /// <summary>
    /// One JSON object that is not a log record of AWS WAF: it has none of <c>webaclId</c>, <c>terminatingRuleId</c> and <c>httpRequest</c>, or the request
    /// or its headers are not what AWS WAF writes, so that a redaction would not find what it looks for.
    /// </summary>
    NotWafRecord,

    /// <summary>White space only.</summary>
    Blank,

    /// <summary>Anything but one JSON object in UTF-8 (RFC 8259): truncated, binary, two records in a line.</summary>
    Malformed,

    /// <summary>Objects and arrays nested deeper than <see cref="StructuralReader.MaxDepth"/>.</summary>
    TooDeep,
}
