using ProvableSec.Rules;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;
using Style = Spectre.Console.Style;

namespace ProvableSec.Tool.Scan;

/// <summary>A line for each finding, in the form that editors turn into a link; below it, what to do about each kind that was found.</summary>
internal sealed class TextScanReport : IReport<ScanResult>
{
    private const int MostPlaces = 5;

    public void Write(ScanResult result, CommandConsole console)
    {
        var text = StyledText.Of(console);
        foreach (LocatedFinding located in result.Findings)
        {
            text.Write($"{located.Link}: ")
                .Write(VerdictWords.Of(located.Finding.Severity), StyleOf(located.Finding.Severity))
                .Line($" {located.Finding.Rule.Id}: {located.Finding.Message}");
            foreach (LocatedFinding other in located.AlsoAt.Take(MostPlaces))
            {
                text.Line($"  also at {other.Link}");
            }

            if (located.AlsoAt.Count > MostPlaces)
            {
                text.Line($"  and at {Quantity.Of(located.AlsoAt.Count - MostPlaces, "more location")}, which --format json lists");
            }
        }

        if (result.Findings.Count > 0)
        {
            text.Line();
        }

        foreach (Rule rule in result.Findings.Select(located => located.Finding.Rule).DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            text.Write(rule.Id, StyledText.Strong).Line($" {rule.Title}. {rule.Remedy}");
        }
    }

    private static Style StyleOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => StyledText.Bad,
        RuleSeverity.Warning => StyledText.Doubtful,
        _ => StyledText.Quiet,
    };
}
