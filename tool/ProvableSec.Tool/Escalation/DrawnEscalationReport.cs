using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>The graph as a picture, or a page with one.</summary>
/// <param name="draw">Draws it.</param>
internal sealed class DrawnEscalationReport(Func<EscalationGraph, string> draw) : IReport<EscalationResult>
{
    public void Write(EscalationResult result, CommandConsole console) => console.OutputText.Write(draw(result.Graph));
}
