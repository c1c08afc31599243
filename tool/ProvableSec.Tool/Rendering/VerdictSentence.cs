using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>A verdict in a sentence or two, for formats that have no room for more.</summary>
internal static class VerdictSentence
{
    public static string Of(VerdictReport report)
    {
        string claim = report.Says.Length > 0 ? report.Says : report.Id;
        string where = report.Stacks > 1 && report.Stack is { } stack ? $" (stack {stack})" : "";
        return report switch
        {
            { Answer: null } => $"{claim}: not asked. {(report.Problems is [PolicyProblem problem, ..] ? problem.Message : "")}".TrimEnd(),
            { Outcome: Outcome.HoldsUnexpectedly } => $"{claim}: was expected to be violated, and is proved.",
            { Answer: { Verdict: Verdict.Unknown } answer } => $"{claim}: unknown{where}: {answer.Reason}.",
            { Answer: { Vacuous: { } reason } } => $"{claim}: holds, but says nothing: {reason}.",
            { Answer: { Verdict: Verdict.Violated, Witness: { } witness } } => $"{claim}: violated{where}. {WitnessText.InOneLine(witness)}",
            { Answer: { Verdict: Verdict.Violated } answer } => $"{claim}: violated{where}: {answer.Reason}.",
            _ => $"{claim}: {report.Word}.",
        };
    }
}
