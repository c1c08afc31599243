using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Prove;

/// <summary>For a person: the verdict, and all that explains it.</summary>
internal sealed class TextProveReport : IReport<ProveResult>
{
    public void Write(ProveResult result, CommandConsole console)
    {
        var text = new VerdictText(StyledText.Of(console), [(result.Report.Id, result.Says)]);
        text.Write(result.Report, explainAll: true);
        if (result.TypeNote is { } note)
        {
            console.OutputText.WriteLine("    " + note);
        }
    }
}
