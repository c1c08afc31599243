using System.Collections.Immutable;

namespace ProvableSec.Logs.Rules;

/// <summary>What a record must be for a rule to speak of it. Immutable.</summary>
public abstract record LogCondition
{
    private LogCondition()
    {
    }

    /// <summary>Every one of some conditions; with none, every record.</summary>
    public sealed record All(ImmutableArray<LogCondition> Conditions) : LogCondition;

    /// <summary>At least one of some conditions; with none, no record.</summary>
    public sealed record Any(ImmutableArray<LogCondition> Conditions) : LogCondition;

    /// <summary>The records that do not meet a condition.</summary>
    public sealed record Not(LogCondition Condition) : LogCondition;

    /// <summary>A value of a field is in one of some patterns.</summary>
    /// <param name="Field">A field that is text.</param>
    /// <param name="Header">The header's name in lower case, for <see cref="LogField.Header"/>; else null.</param>
    /// <param name="Patterns">The patterns; none of them matches nothing.</param>
    public sealed record Text(LogField Field, string? Header, ImmutableArray<TextPattern> Patterns) : LogCondition;

    /// <summary>The client's address is in one of some ranges.</summary>
    public sealed record Address(ImmutableArray<AddressRange> Ranges) : LogCondition;

    /// <summary>A number is in a range.</summary>
    /// <param name="Field">A field that is a number.</param>
    /// <param name="AtLeast">The least number, 0 or more.</param>
    /// <param name="Below">The first number that is too large; null for no such bound.</param>
    public sealed record Number(LogField Field, long AtLeast, long? Below) : LogCondition;
}
