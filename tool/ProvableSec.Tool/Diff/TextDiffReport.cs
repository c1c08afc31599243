using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>The changes for a person.</summary>
internal sealed class TextDiffReport : IReport<DiffResult>
{
    public void Write(DiffResult result, CommandConsole console)
    {
        var text = StyledText.Of(console);
        text.Line($"{result.Before} → {result.After}");
        foreach (PolicyChange change in result.Real)
        {
            text.Line();
            text.Write(change.Name, StyledText.Strong).Line("  " + DiffWords.Of(change), StyledText.Quiet);
            foreach (ChangedAccess line in change.Access)
            {
                Write(text, change, line);
            }

            foreach ((string rule, string message) in change.Risks)
            {
                text.Line($"  ! {rule} {change.Shown(message)}", StyledText.Bad);
            }

            if (change.Unknown is { } reason)
            {
                text.Line($"  ? unknown: {change.Shown(reason)}", StyledText.Doubtful);
            }

            if (change.Given.Count > 0)
            {
                text.Line($"    given: {change.GivenWords}", StyledText.Quiet);
            }
        }

        text.Line();
        text.Line(result.Headline + ".", result.NewLines > 0 ? StyledText.Bad : StyledText.Good);
    }

    private static void Write(StyledText text, PolicyChange change, ChangedAccess line)
    {
        bool first = true;
        foreach ((string name, string value) in DifferenceWords.Of(line.Line))
        {
            text.Write(first ? line.IsAdded ? "  + " : "  - " : "    ", line.IsNew ? StyledText.Bad : line.IsAdded ? StyledText.Doubtful : StyledText.Good);
            text.Write(name.PadRight(9), StyledText.Quiet).Line(change.Shown(value));
            first = false;
        }

        Field("where", line.Where);
        Field("note", DiffWords.NoteOf(line));
        Field("blocked", DiffWords.BlockedOf(line));
        foreach (DifferenceLine remaining in line.Blocked?.Remaining ?? [])
        {
            Field("remains", change.Shown(DifferenceWords.InOneLine(remaining)));
        }

        Field("remains", line.Blocked?.Example is { } through ? "such as " + change.Shown(WitnessText.InOneLine(through)) : "");

        Field("such as", line.Line.Witness is { } witness ? change.Shown(WitnessText.InOneLine(witness)) : "");
        Field("approved", line.Approval is { } approval ? $"by {approval.Owner} until {approval.Expires:yyyy-MM-dd}: {approval.Reason}" : "");

        void Field(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Write("    " + name.PadRight(9), StyledText.Quiet).Line(value);
            }
        }
    }
}
