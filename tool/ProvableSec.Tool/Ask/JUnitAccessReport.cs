using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>JUnit's XML: a test case for each line of access, which passes where it is proved. An answer has nothing that fails.</summary>
internal sealed class JUnitAccessReport : IReport<AskResult>
{
    public void Write(AskResult result, CommandConsole console) => JUnitSuite.Write(
        console.OutputText,
        result.Asked,
        [
            .. result.Answer.Lines.Select(line => new JUnitCase(
                $"{AccessWords.Listed(line.Principals, ", ")}: {string.Join("; ", AccessWords.Of(line).Select(field => $"{field.Name} {field.Value}"))}",
                    "access",
                line.Undecided is null ? JUnitOutcome.Passed : JUnitOutcome.Skipped, line.Undecided ?? "")
            {
                Output = line.Witness is { } witness ? "such as " + WitnessText.InOneLine(witness) : null,
            }),
            .. result.Answer.Undecided.Select(undecided =>
                new JUnitCase(AccessWords.Listed(undecided.Principals, ", "), "unknown", JUnitOutcome.Skipped, undecided.Reason)),
        ],
        notes: [.. result.Answer.Stopped
            .Select(stopped => $"{AccessWords.Listed(stopped.Principals, ", ")}: stopped {string.Join("; ", AskResult.StopsOf(stopped))}"),
            .. result.Warnings.Select(warning => "warning: " + warning), result.Summary]);
}
