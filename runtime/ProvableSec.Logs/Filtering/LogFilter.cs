using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>Rules with the key that their redactions need. Immutable and thread-safe; the work is done by sessions, one a thread.</summary>
public sealed class LogFilter
{
    private readonly byte[] hmacKey;

    /// <summary>Creates a filter.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="hmacKey">The user's key; not empty when a redaction needs it.</param>
    /// <exception cref="ArgumentException">A redaction needs a key and there is none.</exception>
    public LogFilter(LogRules rules, ReadOnlySpan<byte> hmacKey = default)
    {
        if (rules.NeedsKey && hmacKey.IsEmpty)
        {
            throw new ArgumentException("The rules redact by HMAC and no key is given.", nameof(hmacKey));
        }

        Rules = rules;
        this.hmacKey = hmacKey.ToArray();
    }

    /// <summary>The rules.</summary>
    public LogRules Rules { get; }

    /// <summary>Begins to filter. A session remembers the structure of records between calls.</summary>
    public LogFilterSession CreateSession() => new(Rules, hmacKey);
}
