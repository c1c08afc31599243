using System.Globalization;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>A run of <c>verify</c> in one line.</summary>
internal static class VerifySummary
{
    /// <summary>How many properties came to what.</summary>
    public static string Counts(VerifyResult result)
    {
        var parts = new List<string>();
        foreach ((Outcome outcome, string words) in ((Outcome, string)[])
            [
                (Outcome.AsWanted, result.Reports.Count(report => report.Outcome == Outcome.AsWanted) == 1 ? "holds" : "hold"),
                (Outcome.ViolatedAsExpected, "violated as expected"),
                (Outcome.Waived, "violated and waived"),
                (Outcome.Violated, "violated"),
                (Outcome.HoldsUnexpectedly, "expected to be violated, but proved"),
                (Outcome.Undecided, "unknown"),
                (Outcome.Vacuous, "vacuous"),
                (Outcome.NotAsked, "not asked"),
            ])
        {
            int count = result.Reports.Count(report => report.Outcome == outcome);
            if (count > 0)
            {
                parts.Add($"{count} {words}");
            }
        }

        return $"{Quantity.Of(result.Reports.Length, "property")}{(parts.Count > 0 ? ": " : "")}{string.Join(", ", parts)}";
    }

    /// <summary>The run as a whole.</summary>
    public static string Of(VerifyResult result)
    {
        int findings = result.Findings.Count();
        string pairs = result.Pairs > result.Reports.Length ? string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Of(result.Pairs, "pair")} of stack and property, {result.Questions:N0} proved · ") : "";
        string unchanged = result.Unchanged is { } known
            ? $"{Quantity.Of(known.Properties, "property")} not asked, unchanged since {Printable.Clean(known.Since)} · " : "";
        string cached = result.Cached > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(result.Cached, "answer")} from the cache · ") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(result.Shard is { } part ? $"shard {part.Record.Shard}: " : "")}{Counts(result)} · {unchanged}{pairs}{cached}"
                + $"{Quantity.Of(result.Configuration.Documents.Length, "document")}, {Quantity.Of(findings, "finding")} · {result.Time.TotalSeconds:F2} s");
    }
}
