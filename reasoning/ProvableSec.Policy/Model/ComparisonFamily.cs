namespace ProvableSec.Policy.Model;

/// <summary>What a condition operator compares (IAM User Guide, "Condition operators", has a section for each).</summary>
internal enum ComparisonFamily
{
    /// <summary>An operator that AWS does not publish.</summary>
    Unknown,

    /// <summary>Texts.</summary>
    String,

    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>Moments.</summary>
    Date,

    /// <summary>Truth values.</summary>
    Bool,

    /// <summary>Bytes, written in base64.</summary>
    Binary,

    /// <summary>Addresses with ranges of them.</summary>
    IpAddress,

    /// <summary>ARNs, field by field.</summary>
    Arn,

    /// <summary>Whether the key is there at all.</summary>
    Null,
}
