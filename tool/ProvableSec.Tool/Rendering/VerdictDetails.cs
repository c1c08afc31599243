using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>What is said below the line of a verdict, for a terminal or a page: what is needed to understand it.</summary>
/// <param name="text">Takes the text.</param>
/// <param name="indent">What each line begins with.</param>
/// <param name="basisBelow">True to say what a proof rests on; false where <see cref="BasisSummary"/> says it of all.</param>
internal sealed class VerdictDetails(ExplanationText text, string indent, bool basisBelow)
{
    private const int MostStacks = 3;

    /// <summary>Writes it.</summary>
    /// <param name="report">The verdict.</param>
    /// <param name="explainAll">True to explain what holds, too.</param>
    public void Write(VerdictReport report, bool explainAll = false)
    {
        switch (report)
        {
            case { Answer: null }:
                foreach (PolicyProblem problem in report.Problems)
                {
                    text.Line(indent + ProblemText.Of(problem));
                }

                break;
            case { Outcome: Outcome.HoldsUnexpectedly }:
                text.Line($"{indent}It was expected to be violated, and is proved.");
                break;
            case { Answer.Verdict: Verdict.Unknown }:
                text.Paragraph(indent, $"Unknown: {report.Answer!.Reason}.");
                break;
            case { Outcome: Outcome.Violated } or { Answer.Verdict: Verdict.Violated } when explainAll || report.Outcome == Outcome.Violated:
                Explain(report);
                break;
            case { Outcome: Outcome.ViolatedAsExpected, Answer.Witness: { } witness }:
                text.Write(indent + "for example  ", TextTone.Quiet).Line(WitnessText.InOneLine(witness));
                break;
            default:
                if (explainAll)
                {
                    Explain(report);
                }

                break;
        }

        WriteOthers(report);
        if (report.Answer?.Vacuous is { } vacuous)
        {
            text.Paragraph(indent, $"Holds, but says nothing: {vacuous}{(report.Outcome == Outcome.Vacuous ? "" : " (allowed)")}.");
        }

        foreach ((string label, string words) in basisBelow ? VerdictBasis.Of(report.Answer,
            explainAll ? name => AssumptionWords.Of(name, report.Query!) : null) : [])
        {
            text.Paragraph(indent, words, label + ": ");
        }

        if (!report.Opinions.IsEmpty)
        {
            text.Write(indent + "second opinion  ", TextTone.Quiet).Line(string.Join(", ", report.Opinions.Select(o => $"{o.Solver} {o.Opinion}")));
        }

        if (report.Certificate is { } certificate)
        {
            text.Write(indent + "certificate  ", TextTone.Quiet).Line(certificate.None.Length > 0 ? $"none: {certificate.None}"
                : string.Join(", ", certificate.Files));
        }

        foreach (string warning in report.Answer?.Warnings ?? [])
        {
            text.Write(indent + "warning: ", TextTone.Doubtful).Line(warning);
        }
    }

    private void Explain(VerdictReport report)
    {
        if (report.Recorded is { } recorded)
        {
            recorded.Explain(text, indent);
        }
        else
        {
            new VerdictExplanation(text, indent, report.Query!, report.Answer!).Write();
        }
    }

    /// <summary>Which other stacks it is violated of, what is accepted, and whom to ask.</summary>
    private void WriteOthers(VerdictReport report)
    {
        if (report is { Outcome: Outcome.Violated, AlsoViolated.IsEmpty: false })
        {
            text.Paragraph(indent, $"The same of {Named(report.AlsoViolated)}, of {report.Stacks} stacks.");
        }

        foreach (IGrouping<(string Reason, string Owner, DateTime Until), AcceptedViolation> same in report.Accepted.GroupBy(one =>
            (one.Reason, one.Owner, one.Until)))
        {
            string[] stacks = [.. same.Select(one => one.Stack).OfType<string>()];
            string of = stacks.Length == 0 ? "" : $" for {Named(stacks)}";
            text.Paragraph(indent,
                $"Waived{of} until {same.Key.Until:yyyy-MM-dd}: {same.Key.Reason}{(same.Key.Owner.Length > 0 ? $" ({same.Key.Owner})" : "")}");
        }

        if (report.Outcome.NeedsAttention())
        {
            foreach ((string label, string words) in ((string, string)[])[("Why it matters: ", report.Rationale), ("Owner: ", report.Owner)])
            {
                if (words.Length > 0)
                {
                    text.Paragraph(indent, words, label);
                }
            }
        }
    }

    private static string Named(IReadOnlyCollection<string> stacks) =>
        string.Join(", ", stacks.Take(MostStacks)) + (stacks.Count > MostStacks ? $" and {stacks.Count - MostStacks} more" : "");
}
