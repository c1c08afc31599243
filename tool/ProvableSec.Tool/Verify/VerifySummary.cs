using System.Globalization;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>A run of <c>verify</c> in one line.</summary>
internal static class VerifySummary
{
    public static string Of(VerifyResult result)
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

        int findings = result.Findings.Count();
        string pairs = result.Pairs > result.Reports.Length ? string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Of(result.Pairs, "pair")} of stack and property, {result.Questions:N0} proved · ") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(result.Reports.Length, "property")}{(parts.Count > 0 ? ": " : "")}{string.Join(", ", parts)} · {pairs}"
                + $"{Quantity.Of(result.Configuration.Documents.Length, "document")}, {Quantity.Of(findings, "finding")} · {result.Time.TotalSeconds:F2} s");
    }
}
