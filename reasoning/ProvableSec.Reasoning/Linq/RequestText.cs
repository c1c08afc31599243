namespace ProvableSec.Reasoning.Linq;

/// <summary>
/// A text of a request in a query: its action, its resource, or the value of a condition key. There are no objects of this type;
/// its members stand in the expressions of a <see cref="RequestQuery"/>, which reads them and never runs them.
/// </summary>
/// <remarks>
/// A comparison is true when the key has a value of which it is true, so all but <c>!=</c>, <c>!</c> and <see cref="IsAbsent"/> are false of an
/// absent key; of a key with several values it is true when it is true of some value. <c>!=</c> is the opposite of <c>==</c>, as a negated
/// operator of the policy language is: true of an absent key, and of several values when none is equal.
/// Actions are compared in any case, everything else exactly.
/// </remarks>
public sealed class RequestText
{
    private RequestText()
    {
    }

    /// <summary>The key has a value.</summary>
    public bool IsPresent => throw InExpressionsOnly();

    /// <summary>The key has no value.</summary>
    public bool IsAbsent => throw InExpressionsOnly();

    /// <summary>The text is this one; stars in it are stars.</summary>
    public static bool operator ==(RequestText text, string other) => throw InExpressionsOnly();

    /// <summary>The text is not this one, or absent.</summary>
    public static bool operator !=(RequestText text, string other) => throw InExpressionsOnly();

    /// <summary>The value is a number, this one.</summary>
    public static bool operator ==(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is not this number, no number, or absent.</summary>
    public static bool operator !=(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is a number less than this one.</summary>
    public static bool operator <(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is a number greater than this one.</summary>
    public static bool operator >(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is a number, at most this one.</summary>
    public static bool operator <=(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is a number, at least this one.</summary>
    public static bool operator >=(RequestText text, decimal other) => throw InExpressionsOnly();

    /// <summary>The value is this moment.</summary>
    public static bool operator ==(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The value is another moment, none, or absent.</summary>
    public static bool operator !=(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The value is a moment before this one.</summary>
    public static bool operator <(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The value is a moment after this one.</summary>
    public static bool operator >(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The value is a moment, this one or before it.</summary>
    public static bool operator <=(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The value is a moment, this one or after it.</summary>
    public static bool operator >=(RequestText text, DateTimeOffset other) => throw InExpressionsOnly();

    /// <summary>The text matches a pattern: <c>*</c> takes any characters, colons too, and <c>?</c> any one.</summary>
    public bool Matches(string pattern) => throw InExpressionsOnly();

    /// <summary>The text begins with this one; stars in it are stars.</summary>
    public bool StartsWith(string text) => throw InExpressionsOnly();

    /// <summary>The text ends with this one; stars in it are stars.</summary>
    public bool EndsWith(string text) => throw InExpressionsOnly();

    /// <summary>The text holds this one; stars in it are stars.</summary>
    public bool Contains(string text) => throw InExpressionsOnly();

    /// <summary>The value is an address in a CIDR range such as <c>10.0.0.0/8</c>, or this address.</summary>
    public bool IsIn(string range) => throw InExpressionsOnly();

    /// <summary>Not for queries: write <c>==</c>.</summary>
    public override bool Equals(object? obj) => throw InExpressionsOnly();

    /// <summary>Not for queries.</summary>
    public override int GetHashCode() => throw InExpressionsOnly();

    private static InvalidOperationException InExpressionsOnly() => new("the text of a request is known in the expressions of a query only");
}
