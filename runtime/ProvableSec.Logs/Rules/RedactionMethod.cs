namespace ProvableSec.Logs.Rules;

/// <summary>How a value is redacted.</summary>
public enum RedactionMethod
{
    /// <summary>It is replaced by <c>REDACTED</c>, as AWS WAF does.</summary>
    Mask,

    /// <summary>It goes: a header with its object, a cookie or argument with its name; any other value is replaced by an empty string.</summary>
    Remove,

    /// <summary>Its first characters stay.</summary>
    Truncate,

    /// <summary>An address keeps the first bits of its network; the rest is zeroed. What is not an address is replaced by <c>REDACTED</c>.</summary>
    Prefix,

    /// <summary>It is replaced by the hexadecimal HMAC-SHA256 of its text with the user's key, so that equal values stay equal.</summary>
    Hmac,
}
