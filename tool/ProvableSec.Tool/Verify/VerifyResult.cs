using System.Collections.Immutable;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>What a run of <c>verify</c> found.</summary>
/// <param name="Configuration">What was asked.</param>
/// <param name="Reports">A verdict for each property that was asked, in the order of the file.</param>
/// <param name="Time">How long it took.</param>
internal sealed record VerifyResult(Configuration Configuration, ImmutableArray<VerdictReport> Reports, TimeSpan Time)
{
    /// <summary>How many pairs of a stack, or policy, and a property there are.</summary>
    public int Pairs { get; init; }

    /// <summary>How many questions they came to: equal pairs are asked about once.</summary>
    public int Questions { get; init; }

    /// <summary>Which part of a run it is; null for the whole.</summary>
    public VerifyShard? Shard { get; init; }

    /// <summary>How many properties were not asked because nothing that they rest on has changed since a revision; null where all were.</summary>
    public (string Since, int Properties)? Unchanged { get; init; }

    /// <summary>How many answers are from the cache.</summary>
    public int Cached { get; init; }

    /// <summary>What <c>check</c> finds in the documents; null for nothing.</summary>
    public CheckedDocuments? Checked { get; init; }

    /// <summary>What is wrong with waivers.</summary>
    public ImmutableArray<PolicyProblem> WaiverProblems { get; init; } = [];

    /// <summary>The errors of ours that ended proofs.</summary>
    public ImmutableArray<Exception> Crashes { get; init; } = [];

    /// <summary>What is wrong with the documents and with waivers, with the severity it is reported with.</summary>
    public IEnumerable<(PolicyProblem Problem, Severity Severity)> Findings =>
        Configuration.Documents.Where(document => !document.IsChecked).SelectMany(document => document.Findings).Concat(WaiverProblems)
            .Select(problem => (problem, problem.IsError ? Severity.Error : Severity.Warning))
            .Concat((Checked?.Findings ?? []).Select(finding => (finding.Problem, finding.Severity)));

    /// <summary>What is wrong with the configuration, but for what kept a property from being asked, which is told with it.</summary>
    public IEnumerable<PolicyProblem> ConfigurationProblems => Configuration.Problems.Except(Reports.SelectMany(report => report.Problems));

    /// <summary>What is odd about stacks and properties, each once, and is not a finding. It changes no verdict and no exit code.</summary>
    public ImmutableArray<PolicyProblem> Warnings =>
    [
        .. Configuration.Warnings.Concat(Configuration.Properties.SelectMany(property => property.Warnings))
            .DistinctBy(Identity).ExceptBy(Findings.Select(finding => Identity(finding.Problem)), Identity),
    ];

    /// <summary>The exit code.</summary>
    public int ExitCode(VerdictPolicy policy)
    {
        int code = Configuration.Problems.IsEmpty ? ExitCodes.Success : ExitCodes.BadInput;
        foreach (VerdictReport report in Reports)
        {
            code = ExitCodes.Combine(code, policy.ExitCodeOf(report.Outcome, report.Severity));
        }

        code = Crashes.IsEmpty ? code : ExitCodes.InternalError;
        return ExitCodes.Combine(code, Findings.Any(finding => finding.Severity >= policy.FailOn) ? ExitCodes.Finding : ExitCodes.Success);
    }

    private static (string File, LinePosition Position, string Message) Identity(PolicyProblem problem) => (problem.File, problem.Position, problem.Message);
}
