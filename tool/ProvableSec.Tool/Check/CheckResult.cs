using System.Globalization;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>What a run of <c>check</c> came to.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Files">How many files hold policies.</param>
/// <param name="Policies">How many policies these hold.</param>
/// <param name="PassedOver">How many files of folders hold none.</param>
/// <param name="Waived">How many findings were waived or ignored.</param>
/// <param name="UnknownValues">How many values are known only when a template is deployed.</param>
/// <param name="CredentialReports">How many files are credential reports.</param>
internal sealed record CheckResult(IReadOnlyList<CheckFinding> Findings, int Files, int Policies, int PassedOver, int Waived, int UnknownValues,
    int CredentialReports = 0)
{
    private const int MostNamed = 3;

    /// <summary>The rules of the project's own checks.</summary>
    public IReadOnlyList<Rule> OwnRules { get; init; } = [];

    /// <summary>Whose policies are known only at deployment, so that nothing was judged.</summary>
    public IReadOnlyList<string> Unjudged { get; init; } = [];

    /// <summary>Whose policies depend on more combinations of conditions and parameters than were judged.</summary>
    public IReadOnlyList<string> PartlyJudged { get; init; } = [];

    /// <summary>The macros of templates, which may make other policies of them.</summary>
    public IReadOnlyList<string> Macros { get; init; } = [];

    /// <summary>Of policies found by their form in resources that are not known to take one: the types of these.</summary>
    public IReadOnlyList<string> UnknownOwnerTypes { get; init; } = [];

    /// <summary>Which types policies have by the names of their files: the words of the query format, one for each policy.</summary>
    public IReadOnlyList<string> AssumedTypes { get; init; } = [];

    /// <summary>Findings that the baseline has: they are reported as such only, and do not count.</summary>
    public IReadOnlyList<CheckFinding> Known { get; init; } = [];

    /// <summary>What the baseline has and is found no more.</summary>
    public IReadOnlyList<BaselineEntry> Gone { get; init; } = [];

    /// <summary>Whether there is a baseline.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>How many files are of containers or builds and hold no policies.</summary>
    public int Manifests { get; init; }

    /// <summary>How many files are summaries of accounts.</summary>
    public int AccountSummaries { get; init; }

    /// <summary>The run in one line.</summary>
    public string Summary(TimeSpan time)
    {
        string kinds = string.Join(", ", Findings.Where(finding => !finding.Finding.IsUnknown).GroupBy(finding => finding.Finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => Quantity.Of(group.Count(), VerdictWords.Of(group.Key)))
            .Concat(Findings.Count(finding => finding.Finding.IsUnknown) is > 0 and var unknown
                ? [string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} unknown")] : []));
        string notes = (PassedOver > 0 ? $" · {Quantity.Of(PassedOver, "file")} without policies" : "")
            + (Waived > 0 ? $" · {Quantity.Of(Waived, "finding")} waived" : "")
            + (Known.Count > 0 ? $" · {Quantity.Of(Known.Count, "finding")} of the baseline" : "")
            + (AssumedTypes.Count > 0
                ? $" · types by name: {string.Join(", ", AssumedTypes.GroupBy(type => type).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Count():N0} {type.Key}")))}" : "")
            + (UnknownValues > 0 ? $" · {Quantity.Of(UnknownValues, "value")} known only at deployment, not checked" : "")
            + (Unjudged.Count > 0 ? $" · {Quantity.Of(Unjudged.Count, "policy")} known only at deployment, not checked: {Named(Unjudged)}" : "")
            + (PartlyJudged.Count > 0
                ? $" · {Quantity.Of(PartlyJudged.Count, "policy")} checked for only some values of conditions and parameters: {Named(PartlyJudged)}" : "")
            + (Macros.Count > 0
                ? $" · {Quantity.Of(Macros.Count, "macro")} not run, what {(Macros.Count == 1 ? "it makes" : "they make")} not checked: {Named(Macros)}" : "")
            + (UnknownOwnerTypes.Count > 0
                ? $" · {Quantity.Of(UnknownOwnerTypes.Count, "policy")} of types that provablesec does not know: {Named(UnknownOwnerTypes)}" : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Of(Policies, "policy")} in {Quantity.Of(Files, "file")}"
                + $"{(CredentialReports > 0 ? $", {Quantity.Of(CredentialReports, "credential report")}" : "")}"
                + $"{(AccountSummaries > 0 ? $", {Quantity.Of(AccountSummaries, "account summary")}" : "")}"
                + $"{(Manifests > 0 ? $", {Quantity.Of(Manifests, "manifest")}" : "")}: "
                + $"{(kinds.Length > 0 ? kinds : HasBaseline ? "no new findings" : "no findings")}{notes} · {time.TotalSeconds:F2} s");
    }

    private static string Named(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct().Select(Printable.Clean)];
        return string.Join(", ", all.Take(MostNamed)) + (all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "");
    }
}
