using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Prove;

/// <summary>For a comment or a job's summary: the verdict, and below it the explanation as on a terminal.</summary>
internal sealed class MarkdownProveReport : IReport<ProveResult>
{
    public void Write(ProveResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine($"### {OutcomeMark.Of(result.Report.Outcome).Mark} {MarkdownCode.Of(result.Report.Id)} {result.Report.Word}");
        to.WriteLine();
        to.WriteLine(MarkdownCode.Of(result.Says));
        to.WriteLine();
        using var words = new StringWriter { NewLine = "\n" };
        new VerdictDetails(new StyledText(words, color: false, width: null), "", basisBelow: true).Write(result.Report, explainAll: true);
        to.WriteLine(MarkdownCode.Block(words.ToString()));
        if (result.TypeNote is { } note)
        {
            to.WriteLine();
            to.WriteLine(note);
        }
    }
}
