using ProvableSec.Reasoning.Explanations;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Rules.Reach;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list as a page.</summary>
internal sealed class HtmlCredentialsReport : IReport<CredentialsResult>
{
    public void Write(CredentialsResult result, CommandConsole console)
    {
        var page = new HtmlPage(CredentialsResult.Title);
        page.Headline(CredentialsResult.Title, TextTone.Plain).Paragraph(CredentialWords.Summary(result));
        foreach ((CredentialEntry entry, int number) in result.List.Entries.Select((entry, at) => (entry, at + 1)))
        {
            TextTone tone = entry.Reach.Level == ReachLevel.Administrator ? TextTone.Bad : entry.Reach.IsOpen ? TextTone.Doubtful : TextTone.Plain;
            page.Card(tone, entry.Principal, $"{number} · {CredentialWords.Headline(entry)}", () =>
            {
                page.Fields(CredentialWords.Fields(entry, result.HasReport).Select(field => (field.Name, field.Value, false)));
                WriteFindings(page, CredentialWords.Findings(entry));
            });
        }

        foreach ((PolicyFinding finding, string file) in result.Account)
        {
            page.Card(TextTone.Plain, file, "Account", () =>
                WriteFindings(page, [(VerdictWords.Of(finding.Severity), finding.Rule.Id, finding.Message, finding.Rule.Remedy)]));
        }

        foreach (string note in result.Notes)
        {
            page.Paragraph(note, TextTone.Quiet);
        }

        console.OutputText.Write(page.ToString());
    }

    private static void WriteFindings(HtmlPage page, IEnumerable<(string Severity, string Rule, string Message, string Remedy)> findings) =>
        page.List(findings.Select(finding => $"{finding.Severity} {finding.Rule}: {finding.Message} · {finding.Remedy}"));
}
