using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>For a person.</summary>
internal sealed class TextVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        StyledText text = StyledText.Of(console);
        var verdicts = new VerdictText(text, [.. result.Reports.Select(report => (report.Id, report.Says))], basisBelow: false);
        foreach (VerdictReport report in result.Reports)
        {
            verdicts.Write(report);
        }

        BasisSummary.Write(text, result.Reports);
        foreach ((PolicyProblem problem, Severity severity) in result.Findings)
        {
            text.Write(VerdictWords.Of(severity) + ": ", severity == Severity.Error ? StyledText.Bad : StyledText.Doubtful).Line(ProblemText.Of(problem));
        }

        // Those of a property stand below its verdict.
        foreach (PolicyProblem warning in result.Warnings.Except(result.Reports.SelectMany(report => report.Query?.Warnings ?? [])))
        {
            text.Write("warning: ", StyledText.Doubtful).Line(ProblemText.Of(warning));
        }

        text.Line(VerifySummary.Of(result), StyledText.Strong);
    }
}
