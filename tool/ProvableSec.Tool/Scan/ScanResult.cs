using System.Globalization;
using ProvableSec.Rules.Credentials;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>What a scan came to.</summary>
/// <param name="Findings">One for each credential, by file and place.</param>
/// <param name="Tally">What became of the files.</param>
internal sealed record ScanResult(IReadOnlyList<LocatedFinding> Findings, ScanTally Tally)
{
    /// <summary>The result of what was found, each credential once.</summary>
    public static ScanResult Of(IEnumerable<LocatedFinding> found, ScanTally tally)
    {
        LocatedFinding[] places = [.. found.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Blob, StringComparer.Ordinal).ThenBy(f => f.Start)
            .ThenBy(f => f.Finding.Rule.Id, StringComparer.Ordinal)];
        return new ScanResult([.. OneCredential.Group(places, place => place.Finding).Select(group => group[0] with { AlsoAt = [.. group.Skip(1)] })], tally);
    }

    /// <summary>The run in one line.</summary>
    public string Summary()
    {
        string kinds = string.Join(", ", Findings.GroupBy(finding => finding.Finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => Quantity.Of(group.Count(), VerdictWords.Of(group.Key))));
        string skipped = Tally.Skipped();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(Tally.Texts, "text")} ({Tally.Bytes / 1e6:F1} MB): {(kinds.Length > 0 ? kinds : "no credentials")}"
                + $"{(skipped.Length > 0 ? " · skipped: " + skipped : "")}");
    }
}
