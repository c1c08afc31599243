using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>Rules with the key that their redactions need. Immutable and thread-safe; the work is done by sessions, one a thread.</summary>
public sealed class LogFilter
{
    /// <summary>A key has at least this many bytes: a shorter one is found by trying, and then every value that it hides.</summary>
    public const int LeastKeyBytes = 16;

    private readonly byte[] hmacKey;

    /// <summary>Creates a filter.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="hmacKey">The user's key, <see cref="LeastKeyBytes"/> bytes or more when a redaction needs it.</param>
    /// <exception cref="ArgumentException">A redaction needs a key, and this is none.</exception>
    public LogFilter(LogRules rules, ReadOnlySpan<byte> hmacKey = default)
    {
        if (rules.NeedsKey && ProblemOf(hmacKey) is { } problem)
        {
            throw new ArgumentException(problem, nameof(hmacKey));
        }

        Rules = rules;
        this.hmacKey = hmacKey.ToArray();
    }

    /// <summary>Why some bytes are not a key for redaction by HMAC; null when they are one.</summary>
    public static string? ProblemOf(ReadOnlySpan<byte> hmacKey) =>
        hmacKey.Length < LeastKeyBytes
            ? $"the key for redaction by HMAC has {hmacKey.Length} bytes; it needs at least {LeastKeyBytes}, drawn at random (openssl rand -hex 32)" : null;

    /// <summary>The rules.</summary>
    public LogRules Rules { get; }

    /// <summary>Begins to filter. A session remembers the structure of records between calls.</summary>
    public LogFilterSession CreateSession() => new(Rules, hmacKey);
}
