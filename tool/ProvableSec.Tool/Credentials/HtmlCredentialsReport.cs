using System.Net;
using System.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Rules.Reach;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list as one page that needs nothing else: no network, no script, dark and light, printable.</summary>
internal sealed class HtmlCredentialsReport : IReport<CredentialsResult>
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#ccc;--quiet:#666;--error:#b42318;--warning:#b54708;--box:#f7f7f8}
        @media (prefers-color-scheme:dark){:root{--line:#444;--quiet:#aaa;--error:#f97066;--warning:#fdb022;--box:#1c1c1f}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}
        h1{font-size:1.4em}h2{font-size:1.05em;margin:0 0 .4em}code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
        section{background:var(--box);border-left:4px solid var(--line);padding:.6em .9em;margin:.8em 0;break-inside:avoid}
        section.administrator{border-color:var(--error)}section.open{border-color:var(--warning)}
        .quiet{color:var(--quiet)}.error{color:var(--error)}.warning{color:var(--warning)}.administrator h2 span{color:var(--error)}.open h2 span{color:var(--warning)}
        dl{display:grid;grid-template-columns:6em 1fr;gap:.1em .8em;margin:0}dt{color:var(--quiet)}dd{margin:0}ul{margin:.4em 0 0;padding-left:1.2em}
        """;

    public void Write(CredentialsResult result, CommandConsole console)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.Append($"<title>{Text(CredentialsResult.Title)}</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        page.Append($"<h1>{Text(CredentialsResult.Title)}</h1>\n<p>{Text(CredentialWords.Summary(result))}</p>\n");
        int number = 0;
        foreach (CredentialEntry entry in result.List.Entries)
        {
            string kind = entry.Reach.Level == ReachLevel.Administrator ? "administrator" : entry.Reach.IsOpen ? "open" : "known";
            page.Append($"<section class=\"{kind}\">\n<h2>{++number}. <code>{Text(entry.Principal)}</code> <span>{Text(CredentialWords.Headline(entry))}</span></h2>\n<dl>\n");
            foreach ((string name, string value) in CredentialWords.Fields(entry, result.HasReport))
            {
                page.Append($"<dt>{Text(name)}</dt><dd>{Text(value)}</dd>\n");
            }

            page.Append("</dl>\n");
            WriteFindings(page, CredentialWords.Findings(entry));
            page.Append("</section>\n");
        }

        foreach ((PolicyFinding finding, string file) in result.Account)
        {
            page.Append($"<section>\n<h2>Account <code>{Text(file)}</code></h2>\n");
            WriteFindings(page, [(VerdictWords.Of(finding.Severity), finding.Rule.Id, finding.Message, finding.Rule.Remedy)]);
            page.Append("</section>\n");
        }

        foreach (string note in result.Notes)
        {
            page.Append($"<p class=\"quiet\">{Text(note)}</p>\n");
        }

        console.OutputText.Write(page.Append("</body>\n</html>\n").ToString());
    }

    private static void WriteFindings(StringBuilder page, IEnumerable<(string Severity, string Rule, string Message, string Remedy)> findings)
    {
        (string Severity, string Rule, string Message, string Remedy)[] all = [.. findings];
        if (all.Length == 0)
        {
            return;
        }

        page.Append("<ul>\n");
        foreach ((string severity, string rule, string message, string remedy) in all)
        {
            page.Append($"<li><span class=\"{severity}\">{severity} {Text(rule)}</span>: {Text(message)}<br><span class=\"quiet\">{Text(remedy)}</span></li>\n");
        }

        page.Append("</ul>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Clean(text));
}
