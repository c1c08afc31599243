using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verification;

/// <summary>What a run of <c>verify</c> found.</summary>
/// <param name="Configuration">What was asked.</param>
/// <param name="Reports">A verdict for each property that was asked, in the order of the file.</param>
/// <param name="Time">How long it took.</param>
internal sealed record VerifyResult(Configuration Configuration, ImmutableArray<VerdictReport> Reports, TimeSpan Time)
{
    /// <summary>What is wrong with the documents, with the severity it is reported with.</summary>
    public IEnumerable<(PolicyProblem Problem, Severity Severity)> Findings =>
        Configuration.Documents.SelectMany(document => document.Findings).Select(problem => (problem, problem.IsError ? Severity.Error : Severity.Warning));

    /// <summary>The exit code.</summary>
    public int ExitCode(VerdictPolicy policy)
    {
        int code = Configuration.Problems.IsEmpty ? ExitCodes.Success : ExitCodes.BadInput;
        foreach (VerdictReport report in Reports)
        {
            code = ExitCodes.Combine(code, policy.ExitCodeOf(report.Outcome, report.Severity));
        }

        return ExitCodes.Combine(code, Findings.Any(finding => finding.Severity >= policy.FailOn) ? ExitCodes.Finding : ExitCodes.Success);
    }
}
