using System.Globalization;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>What a run of <c>check</c> came to.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Files">What was read, in order.</param>
/// <param name="Waived">How many findings were waived or ignored.</param>
internal sealed record CheckResult(IReadOnlyList<CheckFinding> Findings, IReadOnlyList<FileFacts> Files, int Waived)
{
    private const int MostNamed = 3;

    /// <summary>The rules of the project's own checks.</summary>
    public IReadOnlyList<Rule> OwnRules { get; init; } = [];

    /// <summary>Findings that the baseline has: they are reported as such only, and do not count.</summary>
    public IReadOnlyList<CheckFinding> Known { get; init; } = [];

    /// <summary>What the baseline has and is found no more.</summary>
    public IReadOnlyList<BaselineEntry> Gone { get; init; } = [];

    /// <summary>Whether there is a baseline.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>Which part of a run it is; null for the whole.</summary>
    public ShardRecord? Shard { get; init; }

    /// <summary>How many files were not checked because they have not changed since a revision; null where all were.</summary>
    public (string Since, int Files)? Unchanged { get; init; }

    /// <summary>For ASFF, the account and Region that findings are imported to.</summary>
    public (string? Account, string? Region) Import { get; init; }

    /// <summary>What is said of waivers and checks that cover nothing, each with what it is about: of a part of a run that says nothing yet.</summary>
    public IReadOnlyList<(string About, string Note)> Idle { get; init; } = [];

    /// <summary>The files with policies or secrets, by name.</summary>
    public IEnumerable<string> CheckedFiles => Files.Where(file => file.Policies > 0
        || file.Sort is FileSort.CredentialReport or FileSort.AccountSummary or FileSort.Manifest).Select(file => file.Name);

    /// <summary>Whether anything was there to check.</summary>
    public bool HasDocuments => Files.Any(file => file.Sort is FileSort.Document or FileSort.Manifest or FileSort.CredentialReport or FileSort.AccountSummary);

    /// <summary>What a finding makes of the exit code.</summary>
    public Func<PolicyFinding, int> CodeOf { get; init; } = _ => ExitCodes.Finding;

    /// <summary>How many findings there are, by severity.</summary>
    public string Headline
    {
        get
        {
            string kinds = Kinds();
            return kinds.Length > 0 ? kinds : HasBaseline ? "No new findings" : "No findings";
        }
    }

    /// <summary>The run in one line, with its time.</summary>
    /// <param name="cached">Of how many files the findings are from the cache.</param>
    /// <param name="time">How long it took.</param>
    public string Summary(int cached, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{Summary()}{(cached > 0 ? $" · {Quantity.Of(cached, "file")} from the cache" : "")} · {time.TotalSeconds:F2} s");

    /// <summary>The run in one line.</summary>
    public string Summary()
    {
        string kinds = Kinds();
        FileFacts[] withPolicies = [.. Files.Where(file => file.Policies > 0)];
        int passedOver = Files.Count(file => file.Policies == 0 && file.Sort is FileSort.Document or FileSort.Other);
        int unknownValues = withPolicies.Sum(file => file.UnknownValues), credentialReports = Count(FileSort.CredentialReport),
            accountSummaries = Count(FileSort.AccountSummary), manifests = Count(FileSort.Manifest);
        string[] unjudged = [.. Files.SelectMany(file => file.Unjudged)], partlyJudged = [.. Files.SelectMany(file => file.PartlyJudged)],
            macros = [.. Files.SelectMany(file => file.Macros)], unknownOwnerTypes = [.. withPolicies.SelectMany(file => file.UnknownOwnerTypes)],
            assumedTypes = [.. withPolicies.SelectMany(file => file.AssumedTypes)];
        string notes = (passedOver > 0 ? $" · {Quantity.Of(passedOver, "file")} without policies" : "")
            + (Unchanged is { } known ? $" · {Quantity.Of(known.Files, "file")} not checked, unchanged since {Printable.Clean(known.Since)}" : "")
            + (Waived > 0 ? $" · {Quantity.Of(Waived, "finding")} waived" : "")
            + (Known.Count > 0 ? $" · {Quantity.Of(Known.Count, "finding")} of the baseline" : "")
            + (assumedTypes.Length > 0
                ? $" · types by name: {string.Join(", ", assumedTypes.GroupBy(type => type).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Count():N0} {type.Key}")))}" : "")
            + (unknownValues > 0 ? $" · {Quantity.Of(unknownValues, "value")} known only at deployment, not checked" : "")
            + (unjudged.Length > 0 ? $" · {Quantity.Of(unjudged.Length, "policy")} known only at deployment, not checked: {Named(unjudged)}" : "")
            + (partlyJudged.Length > 0
                ? $" · {Quantity.Of(partlyJudged.Length, "policy")} checked for only some values of conditions and parameters: {Named(partlyJudged)}" : "")
            + (macros.Length > 0
                ? $" · {Quantity.Of(macros.Length, "macro")} not run, what {(macros.Length == 1 ? "it makes" : "they make")} not checked: {Named(macros)}" : "")
            + (unknownOwnerTypes.Length > 0
                ? $" · {Quantity.Of(unknownOwnerTypes.Length, "policy")} of types that provablesec does not know: {Named(unknownOwnerTypes)}" : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{(Shard is { } part ? $"shard {part.Shard}: " : "")}{Quantity.Of(withPolicies.Sum(file => file.Policies), "policy")} in {Quantity.Of(withPolicies.Length, "file")}"
                + $"{(credentialReports > 0 ? $", {Quantity.Of(credentialReports, "credential report")}" : "")}"
                + $"{(accountSummaries > 0 ? $", {Quantity.Of(accountSummaries, "account summary")}" : "")}"
                + $"{(manifests > 0 ? $", {Quantity.Of(manifests, "manifest")}" : "")}: "
                + $"{(kinds.Length > 0 ? kinds : HasBaseline ? "no new findings" : "no findings")}{notes}");
    }

    private int Count(FileSort sort) => Files.Count(file => file.Sort == sort);

    private string Kinds() => string.Join(", ", Findings.Where(finding => !finding.Finding.IsUnknown).GroupBy(finding => finding.Finding.Severity)
        .OrderByDescending(group => group.Key)
        .Select(group => Quantity.Of(group.Count(), VerdictWords.Of(group.Key)))
        .Concat(Findings.Count(finding => finding.Finding.IsUnknown) is > 0 and var unknown
            ? [string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} unknown")] : []));

    private static string Named(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct().Select(Printable.Clean)];
        return string.Join(", ", all.Take(MostNamed)) + (all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "");
    }
}
