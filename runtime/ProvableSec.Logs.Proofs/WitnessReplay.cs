using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>Puts witnesses through the real filter, and reads them with a reader that is not the filter's.</summary>
internal sealed class WitnessReplay(LogRules rules)
{
    // Any key will do: no witness depends on one.
    private readonly LogFilterSession session = new LogFilter(rules, "the key of a witness"u8).CreateSession();
    private readonly ByteBuffer output = new();

    /// <summary>What the filter makes of a record; null when it drops it.</summary>
    public string? Filter(string record)
    {
        output.Truncate(0);
        return session.Filter(Encoding.UTF8.GetBytes(record), output) == FilterVerdict.Dropped ? null : Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>Whether the filter drops a record.</summary>
    public bool Drops(string record) => Filter(record) is null;

    /// <summary>Whether a record's action ends a request.</summary>
    public static bool IsTerminated(string record)
    {
        using JsonDocument document = JsonDocument.Parse(record);
        return document.RootElement.GetProperty("action").GetString() is "BLOCK" or "CAPTCHA" or "CHALLENGE";
    }

    /// <summary>Whether a record lists a match that only counts.</summary>
    public static bool IsCounted(string record)
    {
        using JsonDocument document = JsonDocument.Parse(record);
        return document.RootElement.GetProperty("nonTerminatingMatchingRules").EnumerateArray()
            .Any(rule => rule.GetProperty("action").GetString() is "COUNT" or "EXCLUDED_AS_COUNT");
    }
}
