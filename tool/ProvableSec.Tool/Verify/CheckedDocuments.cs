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
    /// <summary>Checks them.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="allowOutside">Whether they may lie outside of its repository.</param>
    /// <param name="refuse">Takes what is wrong with configurations that lie beside them.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="shard">Which part of them; null for all.</param>
    public static CheckedDocuments Of(Configuration configuration, bool allowOutside, Action<string> refuse, int jobs, Shard? shard)
    {
        ConfiguredDocument[] documents = [.. configuration.Documents.Where(document => document.IsChecked).Where((_, place) => shard?.Has(place) ?? true)];
        var own = new ConfiguredChecks(new NearestConfigurations(allowOutside, refuse), allowOutside);
        IReadOnlyList<OwnCheck>[] checks = [.. documents.Select(document => own.Of(document.File))];
        var scope = InputScope.Around(configuration.Name, allowOutside);
        var files = new CheckedFile[documents.Length];
        Parallel.For(0, documents.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            string file = documents[i].File;
            files[i] = CheckedFile.Read(file, file.Replace('\\', '/'), isNamed: true, scope,
                new CheckSettings { Type = documents[i].Type, OwnChecks = checks[i], AsOf = DateTime.UtcNow.Date });
        });
        return new CheckedDocuments(
            [.. files.SelectMany(file => file.Findings.Where(finding => file.WaiverOf(finding) is not { } waiver || waiver.Waiver.Until < DateTime.UtcNow.Date)
                .Select(Located))],
            [.. files.SelectMany(file => file.Problem is { } unreadable ? [unreadable] : file.PartProblems)]);
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
