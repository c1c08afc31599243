using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>The comment on a pull request: a table of the findings, and folded below it what to do about each rule. The same findings have the same
/// comment.</summary>
internal sealed class MarkdownCheckReport : IReport<CheckResult>
{
    // GitHub takes comments of 65,536 characters.
    private const int MostRows = 150;

    public void Write(CheckResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine($"### {(result.Findings.Count == 0 ? "✓" : result.Findings.All(finding => finding.Finding.IsUnknown) ? "?" : "✗")} {result.Headline}");
        to.WriteLine();
        if (result.Findings.Count > 0)
        {
            to.WriteLine("| | Rule | Where | Finding |");
            to.WriteLine("|---|---|---|---|");
            foreach (CheckFinding located in result.Findings.Take(MostRows))
            {
                string such = located.Finding.Witness is { } witness ? $" Such as {MarkdownCode.InTable(WitnessText.InOneLine(witness))}" : "";
                to.WriteLine($"| {Mark(located)} | {located.Finding.Rule.Id} | {MarkdownCode.InTable($"{located.Source.Name}:{located.Place.Start.Line}")} | "
                    + $"{MarkdownCode.InTable(located.Finding.Message)}{such} |");
            }

            to.WriteLine();
            if (result.Findings.Count > MostRows)
            {
                to.WriteLine($"{Quantity.Of(result.Findings.Count, "finding")}; the first {MostRows} are shown (`--format json` has all).");
                to.WriteLine();
            }

            to.WriteLine("<details><summary>What to do</summary>");
            to.WriteLine();
            foreach (CheckFinding located in result.Findings.DistinctBy(located => located.Finding.Rule.Id)
                .OrderBy(located => located.Finding.Rule.Id, StringComparer.Ordinal))
            {
                to.WriteLine($"- {located.Finding.Rule.Id} {MarkdownCode.Of(located.Finding.Rule.Title)}: {MarkdownCode.Of(located.Finding.Rule.Remedy)}");
            }

            to.WriteLine();
            to.WriteLine("</details>");
            to.WriteLine();
        }

        to.WriteLine(MarkdownCode.Of(result.Summary()));
    }

    private static string Mark(CheckFinding located) => located.Finding.IsUnknown ? "?" : VerdictWords.Of(located.Finding.Severity);
}
