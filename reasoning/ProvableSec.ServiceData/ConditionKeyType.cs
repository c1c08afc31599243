namespace ProvableSec.ServiceData;

/// <summary>The type of a condition key's values: it decides which condition operators make sense for the key.</summary>
public enum ConditionKeyType
{
    /// <summary>Text.</summary>
    String = 0,

    /// <summary>An Amazon Resource Name.</summary>
    Arn = 1,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool = 2,

    /// <summary>An integer or a decimal number.</summary>
    Numeric = 3,

    /// <summary>A date and time, in ISO 8601 or as seconds of the Unix epoch.</summary>
    Date = 4,

    /// <summary>An IPv4 or IPv6 address; a policy compares it with a range.</summary>
    IpAddress = 5,

    /// <summary>Bytes, in base64. The policy language has the type; no key of the catalogue has it.</summary>
    Binary = 6,
}
