using System.Net;
using System.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Rendering;

/// <summary>
/// A page that needs nothing else: no network, no script, dark and light, printable. What is written into it are texts; all markup is here.
/// </summary>
internal sealed class HtmlPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#d0d0d5;--quiet:#5f6368;--bad:#b42318;--good:#067647;--doubtful:#a15c07;--box:#f6f6f8;--page:#fff;--text:#1d1d20}
        @media (prefers-color-scheme:dark){:root{--line:#45454c;--quiet:#a5a5ad;--bad:#f97066;--good:#47cd89;--doubtful:#fdb022;--box:#1f1f23;--page:#141416;--text:#ececf0}}
        *{box-sizing:border-box}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;background:var(--page);color:var(--text)}
        h1{font-size:1.5em;line-height:1.25;margin:0 0 .4em}h2{font-size:1.05em;margin:0 0 .3em;overflow-wrap:anywhere}
        h3{font-size:1.05em;margin:2em 0 .5em}p{margin:.3em 0;overflow-wrap:anywhere}
        code,pre{font:.92em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}code{overflow-wrap:anywhere}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5em 0 0;padding:.2em 0}.code{display:block;white-space:pre;overflow-x:auto}
        .quiet{color:var(--quiet);font-weight:normal}.bad{color:var(--bad)}.good{color:var(--good)}.doubtful{color:var(--doubtful)}.strong{font-weight:600}
        .card{background:var(--box);border-left:4px solid var(--line);border-radius:0 6px 6px 0;padding:.7em 1em;margin:.8em 0}
        .card.of-bad{border-color:var(--bad)}.card.of-good{border-color:var(--good)}.card.of-doubtful{border-color:var(--doubtful)}
        dl{display:grid;grid-template-columns:6.5em minmax(0,1fr);gap:.1em .8em;margin:.3em 0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%;margin:1em 0}th,td{text-align:left;vertical-align:top;padding:.35em .7em .35em 0;border-bottom:1px solid var(--line)}
        th{color:var(--quiet);font-weight:normal}td{overflow-wrap:anywhere}td:first-child{white-space:nowrap}
        ul{padding-left:1.2em;margin:.4em 0}
        @media (max-width:40em){body{margin:1em auto}thead{display:none}table,tbody,tr,td{display:block}tr{padding:.5em 0;border-bottom:1px solid var(--line)}
        td{border:0;padding:.05em 0}td:empty{display:none}td:first-child{float:left;margin-right:.6em}dl{grid-template-columns:1fr}dd{margin-bottom:.3em}}
        @media print{body{margin:0;max-width:none;font-size:11px}.card,tr{break-inside:avoid}.code{white-space:pre-wrap}}
        """;

    private readonly StringBuilder page = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">What a browser shows in its tab.</param>
    public HtmlPage(string title)
    {
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Encoded(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
    }

    /// <summary>What the page is about, in one line.</summary>
    public HtmlPage Headline(string text, TextTone tone) => Element("h1", text, tone);

    /// <summary>The title of a part of the page.</summary>
    public HtmlPage Part(string text) => Element("h3", text, TextTone.Plain);

    /// <summary>A paragraph.</summary>
    public HtmlPage Paragraph(string text, TextTone tone = TextTone.Plain) => text.Length == 0 ? this : Element("p", text, tone);

    /// <summary>A box about one thing.</summary>
    /// <param name="tone">How it went.</param>
    /// <param name="title">What it is about: a text of a file.</param>
    /// <param name="remark">What is said beside it.</param>
    /// <param name="write">Writes what is in it.</param>
    public HtmlPage Card(TextTone tone, string title, string remark, Action write)
    {
        page.Append($"<section class=\"card of-{ClassOf(tone)}\">\n<h2><code>{Encoded(title)}</code> <span class=\"quiet\">{Encoded(remark)}</span></h2>\n");
        write();
        page.Append("</section>\n");
        return this;
    }

    /// <summary>Names with values.</summary>
    public HtmlPage Fields(IEnumerable<(string Name, string Value, bool IsCode)> fields)
    {
        (string Name, string Value, bool IsCode)[] given = [.. fields.Where(field => field.Value.Length > 0)];
        if (given.Length > 0)
        {
            page.Append("<dl>\n");
            foreach ((string name, string value, bool isCode) in given)
            {
                page.Append($"<dt>{Encoded(name)}</dt><dd>{(isCode ? $"<code>{Encoded(value)}</code>" : Encoded(value))}</dd>\n");
            }

            page.Append("</dl>\n");
        }

        return this;
    }

    /// <summary>An explanation as a terminal shows it.</summary>
    public HtmlPage Explanation(Action<ExplanationText> write)
    {
        var text = new HtmlText();
        write(text);
        if (!text.IsEmpty)
        {
            page.Append("<pre>").Append(text).Append("</pre>\n");
        }

        return this;
    }

    /// <summary>A table.</summary>
    /// <param name="columns">What stands above its columns.</param>
    /// <param name="rows">Its rows, each with its tone, which colors the first cell.</param>
    public HtmlPage Table(IReadOnlyList<string> columns, IEnumerable<(TextTone Tone, IReadOnlyList<string> Cells)> rows)
    {
        page.Append("<table>\n<thead><tr>").AppendJoin("", columns.Select(column => $"<th>{Encoded(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach ((TextTone tone, IReadOnlyList<string> cells) in rows)
        {
            page.Append("<tr>").AppendJoin("", cells.Select((cell, i) => $"<td{(i == 0 ? $" class=\"{ClassOf(tone)}\"" : "")}>{Encoded(cell)}</td>"))
                .Append("</tr>\n");
        }

        page.Append("</tbody>\n</table>\n");
        return this;
    }

    /// <summary>Some lines, one below the other.</summary>
    public HtmlPage List(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            page.Append("<ul>\n").AppendJoin("", all.Select(line => $"<li>{Encoded(line)}</li>\n")).Append("</ul>\n");
        }

        return this;
    }

    /// <summary>The whole page.</summary>
    public override string ToString() => page + "</body>\n</html>\n";

    /// <summary>A text that is no markup.</summary>
    public static string Encoded(string text) => WebUtility.HtmlEncode(Printable.Clean(text));

    /// <summary>The name of a tone in the page.</summary>
    public static string ClassOf(TextTone tone) => tone switch
    {
        TextTone.Good => "good",
        TextTone.Bad => "bad",
        TextTone.Doubtful => "doubtful",
        TextTone.Quiet => "quiet",
        TextTone.Strong => "strong",
        _ => "plain",
    };

    private HtmlPage Element(string name, string text, TextTone tone)
    {
        page.Append(tone == TextTone.Plain ? $"<{name}>" : $"<{name} class=\"{ClassOf(tone)}\">").Append(Encoded(text)).Append($"</{name}>\n");
        return this;
    }
}
