using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list for a ticket: a table, and below it, folded, what is known of each and what to do.</summary>
internal sealed class MarkdownCredentialsReport : IReport<CredentialsResult>
{
    public void Write(CredentialsResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine($"### {CredentialsResult.Title}");
        to.WriteLine();
        to.WriteLine("| | Who | Reaches | Oldest key | Findings |");
        to.WriteLine("|---|---|---|---|---|");
        int number = 0;
        foreach (CredentialEntry entry in result.List.Entries)
        {
            string age = entry.Reported is { Keys.Count: > 0 } ? Quantity.Of(entry.Age, "day") : "";
            string rules = string.Join(", ", CredentialWords.Findings(entry).Select(finding => finding.Rule).Distinct());
            to.WriteLine($"| {++number} | {MarkdownCode.InTable(entry.Principal)} | {CredentialWords.Headline(entry)} | {age} | {rules} |");
        }

        to.WriteLine();
        foreach (CredentialEntry entry in result.List.Entries)
        {
            to.WriteLine($"<details><summary>{MarkdownCode.InSummary(entry.Principal)}: {CredentialWords.Headline(entry)}</summary>");
            to.WriteLine();
            foreach ((string name, string value) in CredentialWords.Fields(entry, result.HasReport))
            {
                to.WriteLine($"- {(name.Length > 0 ? name : "then")}: {MarkdownCode.Of(value)}");
            }

            foreach ((string severity, string rule, string message, string remedy) in CredentialWords.Findings(entry))
            {
                to.WriteLine($"- **{severity} {rule}**: {MarkdownCode.Of(message)}. {remedy}");
            }

            to.WriteLine();
            to.WriteLine("</details>");
            to.WriteLine();
        }

        foreach ((PolicyFinding finding, string file) in result.Account)
        {
            to.WriteLine($"- **{VerdictWords.Of(finding.Severity)} {finding.Rule.Id}** in {MarkdownCode.Of(file)}: {MarkdownCode.Of(finding.Message)}. {finding.Rule.Remedy}");
        }

        to.WriteLine();
        to.WriteLine(CredentialWords.Summary(result));
        foreach (string note in result.Notes)
        {
            to.WriteLine();
            to.WriteLine("- " + MarkdownCode.Of(note));
        }
    }
}
