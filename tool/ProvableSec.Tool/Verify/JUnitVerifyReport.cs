using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>JUnit's XML: a test case for each property, and one for each document with findings.</summary>
internal sealed class JUnitVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        string configuration = result.Configuration.Name;
        JUnitSuite.Write(
            console.OutputText,
            RelativePath.Of(configuration, configuration),
            [
                .. result.Reports.Select(Case),
                .. result.ConfigurationProblems.Select(problem => new JUnitCase(Place(problem), "configuration", JUnitOutcome.Error, problem.Message)),
                .. result.Findings.Select(finding => new JUnitCase(Place(finding.Problem), "documents", JUnitOutcome.Failed, finding.Problem.Message)
                {
                    Type = VerdictWords.Of(finding.Severity),
                }),
            ],
            result.Time,
            [.. result.Warnings.Select(warning => $"warning: {Place(warning)}: {warning.Message}")]);
        console.Error.WriteLine(VerifySummary.Of(result));

        string Place(PolicyProblem problem) => $"{RelativePath.Of(problem.File, configuration)}:{problem.Position}";
    }

    private static JUnitCase Case(VerdictReport report) => new(report.Id, "properties", OutcomeMark.JUnitOf(report.Outcome), VerdictSentence.Of(report))
    {
        Seconds = report.Micros / 1e6,
        Output = VerdictBasis.InOneLine(report),
    };
}
