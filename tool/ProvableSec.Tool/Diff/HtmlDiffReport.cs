using System.Net;
using System.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>The changes as one page that needs nothing else: no network, no script, dark and light, printable.</summary>
internal sealed class HtmlDiffReport : IReport<DiffResult>
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#ccc;--quiet:#666;--add:#b42318;--go:#067647;--open:#b54708;--box:#f7f7f8}
        @media (prefers-color-scheme:dark){:root{--line:#444;--quiet:#aaa;--add:#f97066;--go:#47cd89;--open:#fdb022;--box:#1c1c1f}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}
        h1{font-size:1.4em}h2{font-size:1.05em;margin:2em 0 .4em}code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
        .quiet{color:var(--quiet);font-weight:normal}.add{color:var(--add)}.go{color:var(--go)}.open{color:var(--open)}
        .line{background:var(--box);border-left:4px solid var(--line);padding:.5em .8em;margin:.5em 0;break-inside:avoid}
        .line.added{border-color:var(--add)}.line.removed{border-color:var(--go)}.line.blocked{border-color:var(--open)}
        dl{display:grid;grid-template-columns:6em 1fr;gap:.1em .8em;margin:0}dt{color:var(--quiet)}dd{margin:0}
        """;

    public void Write(DiffResult result, CommandConsole console)
    {
        var page =
            new StringBuilder(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Access that a change adds and "
                + "removes</title>\n");
        page.Append("<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        page.Append($"<h1 class=\"{(result.NewLines > 0 ? "add" : "go")}\">{Text(result.Headline)}</h1>\n");
        page.Append($"<p>{Text(result.Before)} → {Text(result.After)}</p>\n");
        foreach (PolicyChange change in result.Real)
        {
            page.Append($"<section>\n<h2><code>{Text(change.Name)}</code> <span class=\"quiet\">{Text(DiffWords.Of(change))}</span></h2>\n");
            foreach (ChangedAccess line in change.Access)
            {
                Write(page, change, line);
            }

            foreach ((string rule, string message) in change.Risks)
            {
                page.Append($"<p class=\"add\">{Text(rule)}: {Text(change.Shown(message))}</p>\n");
            }

            if (change.Unknown is { } reason)
            {
                page.Append($"<p class=\"open\">Unknown: {Text(change.Shown(reason))}</p>\n");
            }

            if (change.Given.Count > 0)
            {
                page.Append($"<p class=\"quiet\">given: {Text(string.Join(", ", change.Given))}</p>\n");
            }

            page.Append("</section>\n");
        }

        page.Append($"<p>{Text(result.Summary)}</p>\n");
        foreach (string note in result.Notes)
        {
            page.Append($"<p class=\"open\">{Text(note)}</p>\n");
        }

        console.OutputText.Write(page.Append("</body>\n</html>\n").ToString());
    }

    private static void Write(StringBuilder page, PolicyChange change, ChangedAccess line)
    {
        page.Append($"<div class=\"line {(line.IsNew ? "added" : line.IsAdded ? "blocked" : "removed")}\">\n<dl>\n");
        Field("", line.Approval is null ? DiffWords.StateOf(line) : "added, and approved", isCode: false);
        foreach ((string name, string value) in DifferenceWords.Of(line.Line))
        {
            Field(name, change.Shown(value), isCode: true);
        }

        Field("where", line.Where, isCode: false);
        Field("note", DiffWords.NoteOf(line), isCode: false);
        Field("blocked", DiffWords.BlockedOf(line), isCode: false);
        foreach (DifferenceLine remaining in line.Blocked?.Remaining ?? [])
        {
            Field("remains", change.Shown(DifferenceWords.InOneLine(remaining)), isCode: true);
        }

        Field("remains", line.Blocked?.Example is { } through ? "such as " + change.Shown(WitnessText.InOneLine(through)) : "", isCode: true);

        Field("such as", line.Line.Witness is { } witness ? change.Shown(WitnessText.InOneLine(witness)) : "", isCode: true);
        Field("approved", line.Approval is { } approval ? $"by {approval.Owner} until {approval.Expires:yyyy-MM-dd}: {approval.Reason}" : "", isCode: false);
        page.Append("</dl>\n</div>\n");

        void Field(string name, string value, bool isCode)
        {
            if (value.Length > 0)
            {
                page.Append($"<dt>{Text(name)}</dt><dd>{(isCode ? $"<code>{Text(value)}</code>" : Text(value))}</dd>\n");
            }
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Clean(text));
}
