using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Output;
using ProvableSec.Tool.Scanning;

namespace ProvableSec.Tool.Reports;

/// <summary>Annotations of a pull request.</summary>
internal sealed class GitHubCheckReport : ICheckReport
{
    public void Write(CheckResult result, CommandConsole console)
    {
        foreach (CheckFinding located in result.Findings)
        {
            console.WriteCommand(GitHubAnnotation.Of(
                ScanResult.SeverityOf(located.Finding.Severity), located.Place, $"{located.Finding.Rule.Id} {located.Finding.Rule.Title}", located.Finding.Message));
        }
    }
}
