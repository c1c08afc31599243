using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>Verdicts for a person: a line each, and below it what is needed to understand it.</summary>
internal sealed class VerdictText
{
    private const string Indent = "    ";
    private const int WidestId = 40, LeastForSays = 20;

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
        new VerdictDetails(text, Indent, basisBelow).Write(report, explainAll);
    }

    private void WriteLine(VerdictReport report)
    {
        (string mark, TextTone tone) = OutcomeMark.Of(report.Outcome);
        List<string> says = Broken(report.Says);
        text.Write(mark, tone).Write(" ").Write(report.Id.PadRight(idWidth), TextTone.Strong);
        if (saysWidth > 0)
        {
            text.Write("  " + says[0].PadRight(saysWidth));
        }

        string end = $"{(report.Answer is null ? "" : DurationText.Of(report.Micros)),7}{Remarks(report)}";
        text.Write("  ").Write(report.Word.PadRight(9), tone).Line((" " + end).TrimEnd());
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
