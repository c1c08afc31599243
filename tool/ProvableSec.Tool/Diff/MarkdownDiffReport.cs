using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>
/// The comment on a pull request: what the change lets anybody do, a table of the policies, and below it, folded, each line with a request. Nothing in it
/// depends on when or
/// where it was made, so that the same change has the same comment.
/// </summary>
internal sealed class MarkdownDiffReport : IReport<DiffResult>
{
    // GitHub takes comments of 65,536 characters.
    private const int MostLines = 200;

    public void Write(DiffResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine($"### {(result.NewLines > 0 ? "✗" : result.Changes.Any(change => change.Unknown is not null) ? "?" : "✓")} {result.Headline}");
        to.WriteLine();
        if (result.Real.Any())
        {
            to.WriteLine("| | Policy | Added | Removed | |");
            to.WriteLine("|---|---|---|---|---|");
            foreach (PolicyChange change in result.Real)
            {
                to.WriteLine(
                    $"| {Mark(change)} | {MarkdownCode.InTable(change.Name)} | {Short(change, change.Added)} | {Short(change, change.Removed)} | "
                        + $"{Remark(change)} |");
            }

            to.WriteLine();
            WriteDetails(result, to);
        }

        to.WriteLine(
            $"{result.Summary}. Compared: {MarkdownCode.Of(result.Before)} and {MarkdownCode.Of(result.After)}. Each line is proved, and that there are no "
                + $"others, where nothing is said to be unknown.");
        foreach (string note in result.Notes)
        {
            to.WriteLine();
            to.WriteLine("- " + MarkdownCode.Of(note));
        }
    }

    private static void WriteDetails(DiffResult result, TextWriter to)
    {
        int written = 0;
        foreach (PolicyChange change in result.Real)
        {
            if (written > MostLines)
            {
                to.WriteLine(
                    $"{Quantity.Of(result.Real.Count(), "policy changes", "policies change")}; the details of those above are shown (`--format json` has "
                        + $"all).");
                to.WriteLine();
                return;
            }

            to.WriteLine(
                $"<details><summary>{MarkdownCode.InSummary(change.Name)} ("
                    + $"{DiffWords.Of(change) switch { var words when change.MovedFrom is null => words, _ => "moved" }})</summary>");
            to.WriteLine();
            if (change.MovedFrom is { } from)
            {
                to.WriteLine(change.Type == "account" ? MarkdownCode.Of(DiffWords.Of(change)) : $"Moved from {MarkdownCode.Of(from)}.");
                to.WriteLine();
            }

            foreach (ChangedAccess line in change.Access)
            {
                written++;
                to.WriteLine(
                    $"- **{DiffWords.StateOf(line)}**: "
                        + $"{MarkdownCode.Of(change.Shown(DifferenceWords.InOneLine(line.Line)))}");
                Item(DiffWords.NoteOf(line), "");
                Item("", DiffWords.BlockedOf(line));
                foreach (DifferenceLine remaining in line.Blocked?.Remaining ?? [])
                {
                    Item("what remains: ", change.Shown(DifferenceWords.InOneLine(remaining)));
                }

                Item("what remains, such as ", line.Blocked?.Example is { } through ? change.Shown(WitnessText.InOneLine(through)) : "");

                Item("where ", line.Where);
                Item("such as ", line.Line.Witness is { } witness ? change.Shown(WitnessText.InOneLine(witness)) : "");
                Item("approved by ", line.Approval is { } approval ? $"{approval.Owner} until {approval.Expires:yyyy-MM-dd}: {approval.Reason}" : "");
            }

            foreach ((string rule, string message) in change.Risks)
            {
                to.WriteLine($"- **{rule}**: {MarkdownCode.Of(change.Shown(message))}");
            }

            if (change.Unknown is { } reason)
            {
                to.WriteLine($"- **unknown**: {MarkdownCode.Of(change.Shown(reason))}");
            }

            if (change.Given.Count > 0)
            {
                to.WriteLine($"- given: {MarkdownCode.Of(change.GivenWords)}");
            }

            to.WriteLine();
            to.WriteLine("</details>");
            to.WriteLine();
        }

        void Item(string words, string value)
        {
            if (words.Length + value.Length > 0 && (value.Length > 0 || !words.EndsWith(' ')))
            {
                to.WriteLine($"  - {words}{MarkdownCode.Of(value)}");
            }
        }
    }

    private static string Mark(PolicyChange change) => change.Added.Any(line => line.IsNew) ? "✗" : change.Unknown is not null ? "?" : "✓";

    /// <summary>The first line, and how many more there are.</summary>
    private static string Short(PolicyChange change, IEnumerable<ChangedAccess> lines)
    {
        ChangedAccess[] all = [.. lines];
        return all.Length == 0 ? "" : MarkdownCode.InTable(change.Shown(Said(all[0].Line))) + (all.Length > 1 ? $" and {all.Length - 1} more" : "");
    }

    private static string Said(DifferenceLine line)
    {
        const int Most = 140;
        string said = string.Join(" ", DifferenceWords.Of(line).Where(field => field.Name is "who" or "may" or "on" or "when")
            .Select(field => field.Name is "may" or "who" ? field.Value : $"{field.Name} {field.Value}"));
        return said.Length <= Most ? said : said[..(Most - 1)] + "…";
    }

    private static string Remark(PolicyChange change) => string.Join(", ", ((string[])
    [
        change.Kind switch
        {
            PolicyChangeKind.Added => "new",
            PolicyChangeKind.Removed => "removed",
            PolicyChangeKind.Moved => "moved",
            PolicyChangeKind.Attached => "attached",
            PolicyChangeKind.Detached => "detached",
            _ => "",
        },
        change.Added.Any(line => line.Approval is not null) ? "approved in part or whole" : "",
        change.Added.Any(line => line is { Approval: null, IsNew: false }) ? "blocked in part or whole" : "",
        change.Risks.Any(risk => risk.Rule == "PSEC2001") ? "**public access**" : "",
        change.Risks.Any(risk => risk.Rule != "PSEC2001") ? "**privilege escalation**" : "",
        change.Unknown is not null ? "unknown" : "",
    ]).Where(remark => remark.Length > 0));
}
