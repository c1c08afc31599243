using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>JUnit's XML: a test case for each policy that changes, which fails where the change makes the exit code 1.</summary>
internal sealed class JUnitDiffReport : IReport<DiffResult>
{
    public void Write(DiffResult result, CommandConsole console) => JUnitSuite.Write(
        console.OutputText, "provablesec diff", [.. result.Changes.Select(change => Case(result, change))], notes: [.. result.Notes, result.Summary]);

    private static JUnitCase Case(DiffResult result, PolicyChange change)
    {
        string lines = string.Join('\n', change.Access.Select(line =>
            $"{(line.Approval is null ? DiffWords.StateOf(line) : "approved")}: {change.Shown(DifferenceWords.InOneLine(line.Line))}"));
        string risks = string.Join("; ", change.Risks.Select(risk => $"{risk.Rule} {change.Shown(risk.Message)}"));
        return new JUnitCase(change.Name, "policies",
            result.Fails(change) ? JUnitOutcome.Failed : change.Unknown is not null ? JUnitOutcome.Skipped : JUnitOutcome.Passed,
            result.Fails(change)
                ? string.Join("; ", change.Added.Where(line => line.IsNew).Select(line => change.Shown(DifferenceWords.InOneLine(line.Line)))
                    .Concat(risks.Length > 0 ? [risks] : []))
                : change.Unknown is { } reason ? change.Shown(reason) : "")
        {
            Type = result.Fails(change) ? "new access" : "",
            Output = lines.Length > 0 ? lines : change.IsSame ? "proved to allow the same" : null,
        };
    }
}
