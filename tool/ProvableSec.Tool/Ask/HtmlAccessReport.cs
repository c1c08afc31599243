using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>A page: a box for each line of access, with a request that shows it.</summary>
internal sealed class HtmlAccessReport : IReport<AskResult>
{
    public void Write(AskResult result, CommandConsole console)
    {
        var page = new HtmlPage(result.Asked);
        page.Headline(result.Asked, TextTone.Plain).Paragraph(result.Summary, result.IsProved ? TextTone.Good : TextTone.Doubtful);
        foreach (string warning in result.Warnings)
        {
            page.Paragraph("warning: " + warning, TextTone.Doubtful);
        }

        foreach (AccessLine line in result.Answer.Lines)
        {
            page.Card(line.Undecided is null ? TextTone.Plain : TextTone.Doubtful, AccessWords.Listed(line.Principals, ", "), "", () => page.Fields(
                AccessWords.Of(line).Select(field => (field.Name, field.Value, true))
                    .Append(("such as", line.Witness is { } witness ? WitnessText.InOneLine(witness) : "", true))));
        }

        foreach (UndecidedAccess undecided in result.Answer.Undecided)
        {
            page.Card(TextTone.Doubtful, AccessWords.Listed(undecided.Principals, ", "), "unknown", () => page.Paragraph(undecided.Reason));
        }

        foreach (StoppedAccess stopped in result.Answer.Stopped)
        {
            page.Card(TextTone.Good, AccessWords.Listed(stopped.Principals, ", "), "stopped", () => page.List(AskResult.StopsOf(stopped)));
        }

        page.List(AskNotes.All).Paragraph("provablesec " + VersionText.Version, TextTone.Quiet);
        console.OutputText.Write(page.ToString());
    }
}
