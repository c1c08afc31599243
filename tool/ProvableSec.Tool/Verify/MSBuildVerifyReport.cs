using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>Errors and warnings as a compiler writes them, which MSBuild and editors read ("MSBuild and Visual Studio format for diagnostic
/// messages").</summary>
internal sealed class MSBuildVerifyReport : IReport<VerifyResult>
{
    private const string Code = "PROVABLESEC";

    public void Write(VerifyResult result, CommandConsole console)
    {
        foreach (VerdictReport report in result.Reports.Where(report => report.Outcome.NeedsAttention()))
        {
            bool isError = report.Outcome == Outcome.NotAsked || (report.Outcome is Outcome.Violated or Outcome.HoldsUnexpectedly
                && report.Severity == Severity.Error);
            Write(console, ReportPlace.Of(report), isError, $"{report.Id}: {VerdictSentence.Of(report)}");
        }

        foreach ((PolicyProblem problem, Severity severity) in result.ConfigurationProblems.Select(problem => (problem, Severity.Error)).Concat(result.Findings)
            .Concat(result.Warnings.Select(warning => (warning, Severity.Warning))))
        {
            Write(console, new ReportPlace(problem.File, problem.Position, problem.Position), severity == Severity.Error, problem.Message);
        }

        console.OutputText.WriteLine(VerifySummary.Of(result));
    }

    private static void Write(CommandConsole console, ReportPlace place, bool isError, string message)
    {
        string at = place.File.Length == 0 ? "provablesec"
            : $"{Path.GetFullPath(place.File)}({Math.Max(1, place.Start.Line)},{Math.Max(1, place.Start.Column)})";
        console.OutputText.WriteLine(Printable.Clean($"{at}: {(isError ? "error" : "warning")} {Code}: {message}"));
    }
}
