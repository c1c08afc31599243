using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>What <c>check</c> finds in the documents of a configuration that ask for it.</summary>
/// <param name="Findings">Each with its rule, and how it is reported.</param>
/// <param name="Problems">Why some of the documents cannot be checked.</param>
internal sealed record CheckedDocuments(IReadOnlyList<(PolicyProblem Problem, Severity Severity, Rule Rule)> Findings, IReadOnlyList<PolicyProblem> Problems)
{
    /// <summary>Of a part of a run, all the documents with their contents and how each is checked.</summary>
    public IReadOnlyList<string> Work { get; init; } = [];

    /// <summary>Checks them.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="allowOutside">Whether they may lie outside of its repository.</param>
    /// <param name="refuse">Takes what is wrong with configurations that lie beside them.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="shard">Which part of them; null for all.</param>
    /// <param name="cached">Knows what was found before.</param>
    public static CheckedDocuments Of(Configuration configuration, bool allowOutside, Action<string> refuse, int jobs, Shard? shard, CachedFiles cached)
    {
        ConfiguredDocument[] all = [.. configuration.Documents.Where(document => document.IsChecked)];
        var own = new ConfiguredChecks(new NearestConfigurations(allowOutside, refuse), allowOutside);
        CheckSettings[] settings =
        [
            .. all.Select(document => new CheckSettings { Type = document.Type, OwnChecks = own.Of(document.File), AsOf = DateTime.UtcNow.Date }),
        ];
        var scope = InputScope.Around(configuration.Name, allowOutside);
        int[] places = [.. Enumerable.Range(0, all.Length).Where(place => shard?.Has(place) ?? true)];
        var files = new CheckedFile[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            string file = all[places[i]].File;
            files[i] = cached.Read(file, file.Replace('\\', '/'), isNamed: true, scope, settings[places[i]]);
        });
        return new CheckedDocuments(
            [.. files.SelectMany(file => file.Findings.Where(finding => file.WaiverOf(finding) is not { } waiver || waiver.Waiver.Until < DateTime.UtcNow.Date)
                .Select(Located))],
            [.. files.SelectMany(file => file.Problem is { } unreadable ? [unreadable] : file.PartProblems)])
        {
            Work = shard is null ? [] : [.. all.Select((document, i) => $"{CheckKey.Of(settings[i])} {ShardRecord.ContentOf(document.File)}")],
        };
    }

    private static (PolicyProblem Problem, Severity Severity, Rule Rule) Located(CheckFinding found)
    {
        PolicyFinding finding = found.Finding;
        string owner = found.Policy.Owner.Length > 0 ? $" · {found.Policy.Owner}" : "";
        return (
            new PolicyProblem(ProblemCode.InvalidValue, $"{finding.Rule.Id}: {finding.Message}{owner}", finding.Span, finding.Pointer,
                found.Source.PositionOf(finding.Span.Start), found.Source.Name),
            Severities.Of(finding.Severity),
            finding.Rule);
    }
}
