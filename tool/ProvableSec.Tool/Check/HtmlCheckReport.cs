using ProvableSec.Reasoning.Explanations;
using ProvableSec.Rules;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>A page: a box for each finding, by file, with the text it is about and what to do.</summary>
internal sealed class HtmlCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        var page = new HtmlPage("Mistakes in AWS policies");
        page.Headline(result.Headline, result.Findings.Count == 0 ? TextTone.Good
            : result.Findings.Any(finding => Severities.Of(finding.Finding.Severity) == Severity.Error && !finding.Finding.IsUnknown) ? TextTone.Bad
                : TextTone.Doubtful);
        if (result.Findings.Count > 0)
        {
            page.Table(["", "Rule", "Findings"], result.Findings.GroupBy(finding => finding.Finding.Rule.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
            {
                Rule rule = group.First().Finding.Rule;
                return (OutcomeMark.ToneOf(Severities.Of(rule.Severity)), (IReadOnlyList<string>)[rule.Id, rule.Title, Quantity.Of(group.Count(), "finding")]);
            }));
        }

        foreach (IGrouping<string, CheckFinding> file in result.Findings.GroupBy(finding => finding.Source.Name))
        {
            page.Part(file.Key);
            foreach (CheckFinding located in file)
            {
                Write(page, located);
            }
        }

        page.Paragraph($"{result.Summary()} · provablesec {VersionText.Version}", TextTone.Quiet);
        console.OutputText.Write(page.ToString());
    }

    private static void Write(HtmlPage page, CheckFinding located)
    {
        Rule rule = located.Finding.Rule;
        page.Card(
            located.Finding.IsUnknown ? TextTone.Doubtful : OutcomeMark.ToneOf(Severities.Of(located.Finding.Severity)),
            $"{located.Source.Name}:{located.Place.Start}",
            $"{rule.Id} {(located.Finding.IsUnknown ? "unknown" : VerdictWords.Of(located.Finding.Severity))}",
            () => page.Paragraph(located.Finding.Message, TextTone.Strong)
                .Paragraph(located.Policy.Owner, TextTone.Quiet)
                .Explanation(text =>
                {
                    if (located.ShowsText)
                    {
                        CodeFrame.Write(text, "", located.Source, located.Finding.Span, "");
                    }

                    if (located.Finding.Witness is { } witness)
                    {
                        text.Line("A request that gets through");
                        WitnessText.WriteTable(text, "", witness, []);
                    }
                })
                .Paragraph(rule.Remedy));
    }
}
