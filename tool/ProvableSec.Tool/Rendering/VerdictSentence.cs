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
            { Outcome: Outcome.Waived } =>
                $"{claim}: violated{where}, and waived until {report.Accepted.Min(one => one.Until):yyyy-MM-dd}: {report.Accepted[0].Reason}.",
            { Outcome: Outcome.HoldsUnexpectedly } => $"{claim}: was expected to be violated, and is proved.",
            { Answer: { Verdict: Verdict.Unknown } answer } => $"{claim}: unknown{where}: {answer.Reason}.",
            { Answer: { Vacuous: { } reason } } => $"{claim}: holds, but says nothing: {reason}.",
            { Answer: { Verdict: Verdict.Violated, Witness: { } witness } } => $"{claim}: violated{where}{Others(report)}. {WitnessText.InOneLine(witness)}",
            { Answer: { Verdict: Verdict.Violated } answer } => $"{claim}: violated{where}: {answer.Reason}.",
            _ => $"{claim}: {report.Word}.",
        };
    }

    private static string Others(VerdictReport report) => report.AlsoViolated.Length switch
    {
        0 => "",
        1 => " and of one more stack",
        var count => $" and of {count} more stacks",
    };
}
