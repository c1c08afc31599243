using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>A page: all properties in a table, and below it what is not as wanted, explained as on a terminal.</summary>
internal sealed class HtmlVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        var page = new HtmlPage("Properties of AWS policies");
        page.Headline(VerifySummary.Counts(result), ToneOf(result));
        page.Table(["", "Property", "Claim", "Verdict"], result.Reports.Select(report =>
        {
            (string mark, TextTone tone) = OutcomeMark.Of(report.Outcome);
            string more = report.Outcome switch
            {
                Outcome.ViolatedAsExpected => ", as expected",
                Outcome.Waived => $", waived until {report.Accepted.Min(one => one.Until):yyyy-MM-dd}",
                _ => "",
            };
            return (tone, (IReadOnlyList<string>)[mark, report.Id, report.Says, report.Word + more]);
        }));
        foreach (VerdictReport report in result.Reports.Where(report => report.Outcome.NeedsAttention() || report.Outcome == Outcome.Waived))
        {
            ReportPlace place = ReportPlace.Of(report);
            page.Card(OutcomeMark.Of(report.Outcome).Tone, report.Id, report.Word, () => page
                .Paragraph(report.Says)
                .Paragraph(place.File.Length > 0 ? $"{RelativePath.Of(place.File, result.Configuration.Name)}:{place.Start}" : "", TextTone.Quiet)
                .Explanation(text => new VerdictDetails(text, "", basisBelow: true).Write(report)));
        }

        foreach ((PolicyProblem problem, Severity severity) in result.ConfigurationProblems.Select(problem => (problem, Severity.Error)).Concat(result.Findings)
            .Concat(result.Warnings.Select(warning => (warning, Severity.Warning))))
        {
            page.Card(OutcomeMark.ToneOf(severity), $"{RelativePath.Of(problem.File, result.Configuration.Name)}:{problem.Position}", VerdictWords.Of(severity),
                () => page.Paragraph(RelativePath.InText(problem.Message, result.Configuration.Name)));
        }

        string[] bases = [.. result.Reports.Select(VerdictBasis.InOneLine).OfType<string>()
            .Select(basis => RelativePath.InText(basis, result.Configuration.Name))];
        if (bases.Length > 0)
        {
            page.Part("What the proofs rest on").List(bases);
        }

        page.Paragraph($"{VerifySummary.Of(result)} · provablesec {VersionText.Version}", TextTone.Quiet);
        console.OutputText.Write(page.ToString());
    }

    private static TextTone ToneOf(VerifyResult result) =>
        result.ConfigurationProblems.Any() || result.Findings.Any(finding => finding.Severity == Severity.Error)
            || result.Reports.Any(report => report.Outcome is Outcome.Violated or Outcome.HoldsUnexpectedly or Outcome.NotAsked) ? TextTone.Bad
        : result.Findings.Any() || result.Reports.Any(report => report.Outcome.NeedsAttention()) ? TextTone.Doubtful
        : TextTone.Good;
}
