using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list for a terminal.</summary>
internal sealed class TextCredentialsReport : IReport<CredentialsResult>
{
    public void Write(CredentialsResult result, CommandConsole console)
    {
        var text = StyledText.Of(console);
        text.Line(CredentialsResult.Title, StyledText.Strong);
        text.Line();
        int number = 0;
        foreach (CredentialEntry entry in result.List.Entries)
        {
            text.Write($"{++number}. {entry.Principal}", StyledText.Strong).Write(": ")
                .Line(CredentialWords.Headline(entry), entry.Reach.Level == Rules.Reach.ReachLevel.Administrator ? StyledText.Bad
                    : entry.Reach.IsOpen ? StyledText.Doubtful : StyledText.Strong);
            foreach ((string name, string value) in CredentialWords.Fields(entry, result.HasReport))
            {
                text.Line($"   {name,-9} {value}");
            }

            foreach ((string severity, string rule, string message, string remedy) in CredentialWords.Findings(entry))
            {
                WriteFinding(text, severity, $"{rule}: {message}", remedy);
            }

            text.Line();
        }

        foreach ((PolicyFinding finding, string file) in result.Account)
        {
            text.Write($"account · {file}").Line();
            WriteFinding(text, VerdictWords.Of(finding.Severity), $"{finding.Rule.Id}: {finding.Message}", finding.Rule.Remedy);
            text.Line();
        }

        text.Line(CredentialWords.Summary(result));
        foreach (string note in result.Notes)
        {
            text.Line("note: " + note, StyledText.Quiet);
        }
    }

    private static void WriteFinding(StyledText text, string severity, string finding, string remedy)
    {
        text.Write("   ").Write($"{severity,-9}", severity == "error" ? StyledText.Bad : severity == "warning" ? StyledText.Doubtful : StyledText.Quiet)
            .Line($" {finding}");
        text.Line($"             {remedy}", StyledText.Quiet);
    }
}
