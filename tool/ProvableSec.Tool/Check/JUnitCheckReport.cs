using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>JUnit's XML: a test case for each finding, and one for each file without any. What does not count for the exit code does not fail.</summary>
internal sealed class JUnitCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        HashSet<string> found = [.. result.Findings.Select(finding => finding.Source.Name)];
        JUnitSuite.Write(console.OutputText, "provablesec check",
        [
            .. result.CheckedFiles.Where(file => !found.Contains(file)).Select(file => new JUnitCase(file, "policies")),
            .. result.Findings.Select(located => new JUnitCase($"{located.Source.Name}:{located.Place.Start}", located.Finding.Rule.Id,
                result.CodeOf(located.Finding) switch
                {
                    ExitCodes.Finding => JUnitOutcome.Failed,
                    ExitCodes.Undecided => JUnitOutcome.Skipped,
                    _ => JUnitOutcome.Passed,
                },
                located.Finding.Message)
            {
                Type = VerdictWords.Of(located.Finding.Severity),
                Output = located.Finding.Rule.Remedy,
            }),
        ]);
    }
}
