using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;
using Style = Spectre.Console.Style;

namespace ProvableSec.Tool.Check;

/// <summary>A finding with the line it is about and a mark under the characters; what to do about it below.</summary>
internal sealed class TextCheckReport : IReport<CheckResult>
{
    public void Write(CheckResult result, CommandConsole console)
    {
        var text = StyledText.Of(console);
        foreach (CheckFinding located in result.Findings)
        {
            Rule rule = located.Finding.Rule;
            text.Write($"{located.Source.Name}:{located.Place.Start}: ")
                .Write(located.Finding.IsUnknown ? VerdictWords.Of(Verdict.Unknown) : VerdictWords.Of(located.Finding.Severity),
                    located.Finding.IsUnknown ? StyledText.Doubtful : StyleOf(located.Finding.Severity))
                .Line($" {rule.Id}: {located.Finding.Message}{Owner(located)}");
            if (located.ShowsText)
            {
                CodeFrame.Write(text, "  ", located.Source, located.Finding.Span, "");
            }

            if (located.Finding.Witness is { } witness)
            {
                text.Line("  A request that gets through");
                WitnessText.WriteTable(text, "  ", witness, []);
            }

            text.Line($"  {rule.Remedy}", StyledText.Quiet);
            text.Line();
        }
    }

    private static string Owner(CheckFinding located) => located.Policy.Owner.Length > 0 ? $" · {located.Policy.Owner}" : "";

    private static Style StyleOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => StyledText.Bad,
        RuleSeverity.Warning => StyledText.Doubtful,
        _ => StyledText.Quiet,
    };
}
