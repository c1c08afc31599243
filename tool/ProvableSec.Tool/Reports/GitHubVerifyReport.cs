using ProvableSec.Policy;
using ProvableSec.Tool.Output;
using ProvableSec.Tool.Verdicts;
using ProvableSec.Tool.Verification;

namespace ProvableSec.Tool.Reports;

/// <summary>Workflow commands, which GitHub shows beside the lines of a pull request.</summary>
internal sealed class GitHubVerifyReport : IVerifyReport
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        foreach (VerdictReport report in result.Reports.Where(report => report.Outcome is not (Outcome.AsWanted or Outcome.ViolatedAsExpected)))
        {
            Severity severity = report.Outcome switch
            {
                Outcome.Undecided => Severity.Warning,
                Outcome.NotAsked => Severity.Error,
                _ => report.Severity,
            };
            Annotate(console, result, severity, ReportPlace.Of(report), report.Id, VerdictSentence.Of(report));
        }

        foreach ((PolicyProblem problem, Severity severity) in result.Findings)
        {
            Annotate(console, result, severity, new ReportPlace(problem.File, problem.Position, problem.Position), "policy document", problem.Message);
        }

        // What kept a property from being asked has been told with it.
        foreach (PolicyProblem problem in result.Configuration.Problems.Except(result.Reports.SelectMany(report => report.Problems)))
        {
            Annotate(console, result, Severity.Error, new ReportPlace(problem.File, problem.Position, problem.Position), "configuration", problem.Message);
        }

        console.OutputText.WriteLine(VerifySummary.Of(result));
    }

    private static void Annotate(CommandConsole console, VerifyResult result, Severity severity, ReportPlace place, string title, string message)
    {
        string command = severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        string at = "";
        if (place.File.Length > 0)
        {
            at = $"file={Property(RelativePath.Of(place.File, result.Configuration.Name))},line={Math.Max(1, place.Start.Line)},col={Math.Max(1, place.Start.Column)}";
            if (place.End.Line == place.Start.Line && place.End.Column > place.Start.Column + 1)
            {
                at += $",endColumn={place.End.Column - 1}";
            }

            at += ",";
        }

        console.OutputText.WriteLine($"::{command} {at}title={Property(title)}::{Data(RelativePath.InText(message, result.Configuration.Name))}");
    }

    /// <summary>As the runner reads it back: https://github.com/actions/toolkit, packages/core, command.ts.</summary>
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
