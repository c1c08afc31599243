using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>Annotations of a pull request.</summary>
internal sealed class GitHubVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        foreach (VerdictReport report in result.Reports.Where(report => report.Outcome.NeedsAttention()))
        {
            Severity severity = report.Outcome switch
            {
                Outcome.Undecided or Outcome.Vacuous => Severity.Warning,
                Outcome.NotAsked => Severity.Error,
                _ => report.Severity,
            };
            Annotate(console, result, severity, ReportPlace.Of(report), report.Id, VerdictSentence.Of(report));
        }

        foreach ((PolicyProblem problem, Severity severity) in result.Findings)
        {
            Annotate(console, result, severity, new ReportPlace(problem.File, problem.Position, problem.Position), "policy document", problem.Message);
        }

        foreach (PolicyProblem warning in result.Warnings)
        {
            Annotate(console, result, Severity.Warning, new ReportPlace(warning.File, warning.Position, warning.Position), "property or stack",
                warning.Message);
        }

        foreach (PolicyProblem problem in result.ConfigurationProblems)
        {
            Annotate(console, result, Severity.Error, new ReportPlace(problem.File, problem.Position, problem.Position), "configuration", problem.Message);
        }

        // Lines of the job's log: an annotation would be one more thing to look at for each proof.
        foreach (string basis in result.Reports.Select(VerdictBasis.InOneLine).OfType<string>())
        {
            console.OutputText.WriteLine(Printable.Clean(RelativePath.InText(basis, result.Configuration.Name)));
        }

        console.OutputText.WriteLine(VerifySummary.Of(result));
    }

    private static void Annotate(CommandConsole console, VerifyResult result, Severity severity, ReportPlace place, string title, string message)
    {
        string configuration = result.Configuration.Name;
        ReportPlace relative = place.File.Length > 0 ? place with { File = RelativePath.Of(place.File, configuration) } : place;
        console.WriteCommand(GitHubAnnotation.Of(severity, relative, title, RelativePath.InText(message, configuration)));
    }
}
