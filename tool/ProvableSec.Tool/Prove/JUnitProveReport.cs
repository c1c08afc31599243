using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Prove;

/// <summary>JUnit's XML: the question as a test.</summary>
internal sealed class JUnitProveReport : IReport<ProveResult>
{
    public void Write(ProveResult result, CommandConsole console) => JUnitSuite.Write(
        console.OutputText,
        "provablesec prove",
        [
            new JUnitCase($"{result.Report.Id}: {result.Says}", "questions", OutcomeMark.JUnitOf(result.Report.Outcome), VerdictSentence.Of(result.Report))
            {
                Seconds = result.Report.Micros / 1e6,
                Output = VerdictBasis.InOneLine(result.Report),
            },
        ],
        notes: result.TypeNote is { } note ? [note] : null);
}
