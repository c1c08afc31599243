using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>Annotations of a pull request.</summary>
internal sealed class GitHubCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        foreach (CheckFinding located in result.Findings)
        {
            console.WriteCommand(GitHubAnnotation.Of(
                Severities.Of(located.Finding.Severity), located.Place, $"{located.Finding.Rule.Id} {located.Finding.Rule.Title}", located.Finding.Message));
        }
    }
}
