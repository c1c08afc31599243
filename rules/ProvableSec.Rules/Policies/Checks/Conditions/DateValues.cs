using System.Globalization;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>
/// Values of date operators as texts: the forms that IAM Access Analyzer lets pass, and the day that a message names. Which moment a text is in a decision is
/// the
/// evaluator's and the prover's to say.
/// </summary>
internal static class DateValues
{
    private static readonly string[] Formats =
    [
        "yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyyMMdd", "yyyyMMddTHHmmssK",
    ];

    // The last second of the year 9999.
    private const long MostSeconds = 253_402_300_799;

    public static bool IsDate(ConditionComparison comparison) => ComparisonFacts.Of(comparison).Family == ComparisonFamily.Date;

    /// <summary>True for seconds since 1970: more digits than a year has.</summary>
    public static bool IsEpoch(string text) => text.Length is > 8 or 5 or 6 or 7 && text.All(c => c is >= '0' and <= '9');

    /// <summary>The day of a date as yyyy-MM-dd in UTC; null for what is not a date.</summary>
    public static string? DayOf(string text) => DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
        out DateTimeOffset date)
        ? date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : IsEpoch(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < MostSeconds
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    /// <summary>True for the formats of the W3C's note on ISO 8601, and the compact ones.</summary>
    public static bool IsIso(string text) => DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
