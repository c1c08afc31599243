using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>A page: the verdict, explained as on a terminal.</summary>
internal sealed class HtmlProveReport : IReport<ProveResult>
{
    public void Write(ProveResult result, CommandConsole console)
    {
        VerdictReport report = result.Report;
        (string mark, TextTone tone) = OutcomeMark.Of(report.Outcome);
        var page = new HtmlPage($"{report.Id}: {report.Word}");
        page.Headline($"{mark} {report.Id}: {report.Word}", tone)
            .Card(tone, result.Says, "", () => page.Explanation(text => new VerdictDetails(text, "", basisBelow: true).Write(report, explainAll: true)))
            .Paragraph(result.TypeNote ?? "", TextTone.Quiet)
            .Paragraph("provablesec " + VersionText.Version, TextTone.Quiet);
        console.OutputText.Write(page.ToString());
    }
}
