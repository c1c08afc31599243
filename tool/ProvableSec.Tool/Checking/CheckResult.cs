using System.Globalization;
using ProvableSec.Tool.Scanning;

namespace ProvableSec.Tool.Checking;

/// <summary>What a run of <c>check</c> came to.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Files">How many files hold policies.</param>
/// <param name="Policies">How many policies these hold.</param>
/// <param name="PassedOver">How many files of folders hold none.</param>
/// <param name="Waived">How many findings were waived or ignored.</param>
/// <param name="UnknownValues">How many values are known only when a template is deployed.</param>
/// <param name="CredentialReports">How many files are credential reports.</param>
internal sealed record CheckResult(IReadOnlyList<CheckFinding> Findings, int Files, int Policies, int PassedOver, int Waived, int UnknownValues, int CredentialReports = 0)
{
    /// <summary>The run in one line.</summary>
    public string Summary(TimeSpan time)
    {
        string kinds = string.Join(", ", Findings.GroupBy(finding => finding.Finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => Counted(group.Count(), ScanResult.Word(group.Key))));
        string notes = (PassedOver > 0 ? $" · {Counted(PassedOver, "file")} without policies" : "")
            + (Waived > 0 ? $" · {Counted(Waived, "finding")} waived" : "")
            + (UnknownValues > 0 ? $" · {Counted(UnknownValues, "value")} known only at deployment, not judged" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{Policies} {(Policies == 1 ? "policy" : "policies")} in {Counted(Files, "file")}{(CredentialReports > 0 ? $", {Counted(CredentialReports, "credential report")}" : "")}: {(kinds.Length > 0 ? kinds : "no findings")}{notes} · {time.TotalSeconds:F2} s");
    }

    private static string Counted(int count, string word) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {word}{(count == 1 ? "" : "s")}");
}
