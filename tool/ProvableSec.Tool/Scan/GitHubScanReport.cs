using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>Annotations of a pull request.</summary>
internal sealed class GitHubScanReport : IReport<ScanResult>
{
    public void Write(ScanResult result, CommandConsole console)
    {
        // An annotation is seen at its line only, so that each place has its own.
        foreach (LocatedFinding located in result.Findings.SelectMany(located => located.Places))
        {
            console.WriteCommand(GitHubAnnotation.Of(
                Severities.Of(located.Finding.Severity),
                new ReportPlace(located.File, located.Start, located.End),
                $"{located.Finding.Rule.Id} {located.Finding.Rule.Title}",
                located.Finding.Message));
        }
    }
}
