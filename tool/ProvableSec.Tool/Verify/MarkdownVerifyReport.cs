using ProvableSec.Policy.Text;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>For a comment on a pull request or a job's summary: a table, and below it what is not as wanted.</summary>
internal sealed class MarkdownVerifyReport : IReport<VerifyResult>
{
    public void Write(VerifyResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine("| | Property | Claim | Verdict |");
        to.WriteLine("|---|---|---|---|");
        foreach (VerdictReport report in result.Reports)
        {
            string more = report.Outcome switch
            {
                Outcome.ViolatedAsExpected => ", as expected",
                Outcome.Waived => $", waived until {report.Accepted.Min(one => one.Until):yyyy-MM-dd}",
                _ => "",
            };
            to.WriteLine($"| {OutcomeMark.Of(report.Outcome).Mark} | {MarkdownCode.InTable(report.Id)} | {MarkdownCode.InTable(report.Says)} | {report.Word}{more} |");
        }

        to.WriteLine();
        foreach (VerdictReport report in result.Reports.Where(report => report.Outcome.NeedsAttention()))
        {
            ReportPlace place = ReportPlace.Of(report);
            string at = place.File.Length > 0 ? $" ({MarkdownCode.Of($"{RelativePath.Of(place.File, result.Configuration.Name)}:{place.Start.Line}")})" : "";
            to.WriteLine($"- **{MarkdownCode.Of(report.Id)}**{at}: {MarkdownCode.Of(VerdictSentence.Of(report))}");
        }

        foreach ((PolicyProblem problem, Severity severity) in result.ConfigurationProblems.Select(problem => (problem, Severity.Error)).Concat(result.Findings)
            .Concat(result.Warnings.Select(warning => (warning, Severity.Warning))))
        {
            to.WriteLine(
                $"- {VerdictWords.Of(severity)}: {MarkdownCode.Of($"{RelativePath.Of(problem.File, result.Configuration.Name)}:{problem.Position}: {problem.Message}")}");
        }

        to.WriteLine();
        string[] bases = [.. result.Reports.Select(VerdictBasis.InOneLine).OfType<string>()];
        if (bases.Length > 0)
        {
            to.WriteLine("<details><summary>What the proofs rest on</summary>");
            to.WriteLine();
            foreach (string basis in bases)
            {
                to.WriteLine("- " + MarkdownCode.Of(basis));
            }

            to.WriteLine();
            to.WriteLine("</details>");
            to.WriteLine();
        }

        to.WriteLine(VerifySummary.Of(result));
    }
}
