using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>The changes as a page.</summary>
internal sealed class HtmlDiffReport : IReport<DiffResult>
{
    public void Write(DiffResult result, CommandConsole console)
    {
        var page = new HtmlPage("Access that a change adds and removes");
        page.Headline(result.Headline, result.NewLines > 0 ? TextTone.Bad : result.Changes.Any(change => change.Unknown is not null) ? TextTone.Doubtful
            : TextTone.Good)
            .Paragraph($"{result.Before} → {result.After}", TextTone.Quiet);
        foreach (PolicyChange change in result.Real)
        {
            page.Part($"{change.Name} · {DiffWords.Of(change)}");
            foreach (ChangedAccess line in change.Access)
            {
                Write(page, change, line);
            }

            foreach ((string rule, string message) in change.Risks)
            {
                page.Paragraph($"{rule}: {change.Shown(message)}", TextTone.Bad);
            }

            if (change.Unknown is { } reason)
            {
                page.Paragraph($"Unknown: {change.Shown(reason)}", TextTone.Doubtful);
            }

            if (change.Given.Count > 0)
            {
                page.Paragraph($"given: {change.GivenWords}", TextTone.Quiet);
            }
        }

        foreach (string note in result.Notes)
        {
            page.Paragraph(note, TextTone.Doubtful);
        }

        page.Paragraph($"{result.Summary} · provablesec {VersionText.Version}", TextTone.Quiet);
        console.OutputText.Write(page.ToString());
    }

    private static void Write(HtmlPage page, PolicyChange change, ChangedAccess line)
    {
        page.Card(
            line.IsNew ? TextTone.Bad : line.IsAdded && line.Approval is null ? TextTone.Doubtful : TextTone.Good,
            line.IsAdded ? "+" : "−",
            line.Approval is null ? DiffWords.StateOf(line) : "added, and approved",
            () => page.Fields(
            [
                .. DifferenceWords.Of(line.Line).Select(field => (field.Name, change.Shown(field.Value), true)),
                ("where", line.Where, false),
                ("note", DiffWords.NoteOf(line), false),
                ("blocked", DiffWords.BlockedOf(line), false),
                .. (line.Blocked?.Remaining ?? []).Select(remaining => ("remains", change.Shown(DifferenceWords.InOneLine(remaining)), true)),
                ("remains", line.Blocked?.Example is { } through ? "such as " + change.Shown(WitnessText.InOneLine(through)) : "", true),
                ("such as", line.Line.Witness is { } witness ? change.Shown(WitnessText.InOneLine(witness)) : "", true),
                ("approved", line.Approval is { } approval ? $"by {approval.Owner} until {approval.Expires:yyyy-MM-dd}: {approval.Reason}" : "", false),
            ]));
    }
}
