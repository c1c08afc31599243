using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;
using Spectre.Console;

namespace ProvableSec.Tool.Rendering;

/// <summary>Verdicts for a person: a line each, and below it what is needed to understand it.</summary>
internal sealed class VerdictText
{
    private const string Indent = "    ";
    private const int WidestId = 40, LeastForSays = 20, MostStacks = 3;

    private readonly StyledText text;
    private readonly int idWidth;
    private readonly int saysWidth;
    private readonly bool basisBelow;

    /// <summary>Prepares the columns.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="rows">The ids and claims to make room for.</param>
    /// <param name="basisBelow">True to say below each proof what it rests on; false where <see cref="BasisSummary"/> says it of all.</param>
    public VerdictText(StyledText text, IReadOnlyCollection<(string Id, string Says)> rows, bool basisBelow = true)
    {
        this.text = text;
        this.basisBelow = basisBelow;
        idWidth = rows.Count == 0 ? 0 : Math.Min(WidestId, rows.Max(row => row.Id.Length));
        saysWidth = rows.Count == 0 ? 0 : rows.Max(row => row.Says.Length);
        if (text.Width is { } width)
        {
            // Beside the claim a line has the mark, the id, the verdict and the time.
            saysWidth = Math.Min(saysWidth, Math.Max(LeastForSays, width - idWidth - 28));
        }
    }

    /// <summary>Writes a verdict.</summary>
    /// <param name="report">The verdict.</param>
    /// <param name="explainAll">True to explain what holds, too.</param>
    public void Write(VerdictReport report, bool explainAll = false)
    {
        WriteLine(report);
        switch (report)
        {
            case { Answer: null }:
                foreach (PolicyProblem problem in report.Problems)
                {
                    text.Line(Indent + ProblemText.Of(problem));
                }

                break;
            case { Outcome: Outcome.HoldsUnexpectedly }:
                text.Line($"{Indent}It was expected to be violated, and is proved.");
                break;
            case { Answer.Verdict: Verdict.Unknown }:
                text.Paragraph(Indent, $"Unknown: {report.Answer!.Reason}.");
                break;
            case { Outcome: Outcome.Violated } or { Answer.Verdict: Verdict.Violated } when explainAll || report.Outcome == Outcome.Violated:
                new VerdictExplanation(text, Indent, report.Query!, report.Answer!).Write();
                break;
            case { Outcome: Outcome.ViolatedAsExpected, Answer.Witness: { } witness }:
                text.Write(Indent + "for example  ", StyledText.Quiet).Line(WitnessText.InOneLine(witness));
                break;
            default:
                if (explainAll)
                {
                    new VerdictExplanation(text, Indent, report.Query!, report.Answer!).Write();
                }

                break;
        }

        WriteOthers(report);
        if (report.Answer?.Vacuous is { } vacuous)
        {
            text.Paragraph(Indent, $"Holds, but says nothing: {vacuous}{(report.Outcome == Outcome.Vacuous ? "" : " (allowed)")}.");
        }

        foreach ((string label, string words) in basisBelow ? VerdictBasis.Of(report.Answer,
            explainAll ? name => AssumptionWords.Of(name, report.Query!) : null) : [])
        {
            text.Paragraph(Indent, words, label + ": ");
        }

        if (!report.Opinions.IsEmpty)
        {
            text.Write(Indent + "second opinion  ", StyledText.Quiet).Line(string.Join(", ", report.Opinions.Select(o => $"{o.Solver} {o.Opinion}")));
        }

        if (report.Certificate is { } certificate)
        {
            text.Write(Indent + "certificate  ", StyledText.Quiet).Line(certificate.None.Length > 0 ? $"none: {certificate.None}"
                : string.Join(", ", certificate.Files));
        }

        foreach (string warning in report.Answer?.Warnings ?? [])
        {
            text.Write(Indent + "warning: ", StyledText.Doubtful).Line(warning);
        }
    }

    /// <summary>Which other stacks it is violated of, what is accepted, and whom to ask.</summary>
    private void WriteOthers(VerdictReport report)
    {
        if (report is { Outcome: Outcome.Violated, AlsoViolated.IsEmpty: false })
        {
            text.Paragraph(Indent, $"The same of {Named(report.AlsoViolated)}, of {report.Stacks} stacks.");
        }

        foreach (IGrouping<(string Reason, string Owner, DateTime Until), AcceptedViolation> same in report.Accepted.GroupBy(one =>
            (one.Reason, one.Owner, one.Until)))
        {
            string[] stacks = [.. same.Select(one => one.Stack).OfType<string>()];
            string of = stacks.Length == 0 ? "" : $" for {Named(stacks)}";
            text.Paragraph(Indent,
                $"Waived{of} until {same.Key.Until:yyyy-MM-dd}: {same.Key.Reason}{(same.Key.Owner.Length > 0 ? $" ({same.Key.Owner})" : "")}");
        }

        if (report.Outcome.NeedsAttention())
        {
            foreach ((string label, string words) in ((string, string)[])[("Why it matters: ", report.Rationale), ("Owner: ", report.Owner)])
            {
                if (words.Length > 0)
                {
                    text.Paragraph(Indent, words, label);
                }
            }
        }
    }

    private static string Named(IReadOnlyCollection<string> stacks) =>
        string.Join(", ", stacks.Take(MostStacks)) + (stacks.Count > MostStacks ? $" and {stacks.Count - MostStacks} more" : "");

    private void WriteLine(VerdictReport report)
    {
        (string mark, Style style) = report.Outcome switch
        {
            Outcome.AsWanted => ("✓", StyledText.Good),
            Outcome.ViolatedAsExpected or Outcome.Waived => ("~", StyledText.Good),
            Outcome.Undecided => ("?", StyledText.Doubtful),
            Outcome.Vacuous => ("∅", StyledText.Doubtful),
            Outcome.NotAsked => ("!", StyledText.Bad),
            _ => ("✗", StyledText.Bad),
        };
        List<string> says = Broken(report.Says);
        text.Write(mark, style).Write(" ").Write(report.Id.PadRight(idWidth), StyledText.Strong);
        if (saysWidth > 0)
        {
            text.Write("  " + says[0].PadRight(saysWidth));
        }

        string end = $"{(report.Answer is null ? "" : DurationText.Of(report.Micros)),7}{Remarks(report)}";
        text.Write("  ").Write(report.Word.PadRight(9), style).Line((" " + end).TrimEnd());
        foreach (string more in says.Skip(1))
        {
            text.Line(new string(' ', idWidth + 4) + more);
        }
    }

    private static string Remarks(VerdictReport report)
    {
        string remarks = "";
        if (report.Outcome == Outcome.ViolatedAsExpected)
        {
            remarks += "   (as expected)";
        }

        if (report.Outcome == Outcome.Waived)
        {
            remarks += $"   (waived until {report.Accepted.Min(one => one.Until):yyyy-MM-dd})";
        }

        if (report.Stack is { } stack && report.Stacks > 1 && report.Answer is not { Verdict: Verdict.Holds })
        {
            remarks += $"   (stack {stack})";
        }

        return report.Answer is { Assumptions: { Length: > 0 } assumptions }
            ? remarks + $"   (given: {string.Join(", ", assumptions.Select(name => AssumptionWords.Short(name, report.Query!)))})"
            : remarks;
    }

    private List<string> Broken(string says)
    {
        var lines = new List<string>();
        string rest = says;
        while (rest.Length > saysWidth)
        {
            int at = rest.LastIndexOf(' ', saysWidth);
            if (at <= 0)
            {
                break;
            }

            lines.Add(rest[..at]);
            rest = rest[(at + 1)..];
        }

        lines.Add(rest);
        return lines;
    }
}
