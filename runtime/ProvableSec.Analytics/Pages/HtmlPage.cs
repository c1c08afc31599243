using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProvableSec.Analytics.Database;

namespace ProvableSec.Analytics.Pages;

/// <summary>
/// Writes a page as one file that needs nothing else: tables as HTML, which any reader shows, and a script that sorts, filters and draws them. A policy of the
/// page lets
/// that script run and nothing else, by its hash, and lets nothing be fetched; what comes from logs is escaped text in cells.
/// </summary>
internal static class HtmlPage
{
    /// <summary>A cell with more letters may be broken anywhere.</summary>
    private const int LongText = 24;

    private static readonly Lazy<string> Script = new(() => Asset("charts.js") + "\n" + Asset("page.js"));
    private static readonly Lazy<string> Style = new(() => Asset("page.css"));

    /// <summary>The policy (Content Security Policy Level 3, W3C).</summary>
    /// <param name="connect">Where the page may ask for a newer one of itself; nowhere unless given.</param>
    public static string Policy(string connect = "'none'") =>
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script.Value)))}'; style-src "
            + $"'unsafe-inline'; img-src data:; "
        + $"connect-src {connect}; form-action {connect}; base-uri 'none'";

    /// <summary>Writes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="live">What a page has that is served, as HTML; empty in a file.</param>
    /// <param name="connect">As in <see cref="Policy"/>.</param>
    public static string Write(ReportPage page, string live = "", string connect = "'none'")
    {
        var html = new StringBuilder(Script.Value.Length + (1 << 17));
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
            .Append(Policy(connect))
            .Append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<link "
                + "rel=\"icon\" href=\"data:,\">\n<title>")
            .Append(Text(page.Title)).Append("</title>\n<style>\n").Append(Style.Value).Append("</style>\n</head>\n<body>\n<header><div><h1>")
                .Append(Text(page.Title))
            .Append("</h1><p>").Append(Text(page.Subtitle))
                .Append("</p></div><button type=\"button\" id=\"theme\" aria-label=\"Dark or light\">◐</button></header>\n").Append(live);
        html.Append("<nav aria-label=\"Sections\">");
        foreach (ReportSection section in page.Sections.Where(section => section.Answer.Rows.Count > 0))
        {
            html.Append("<a href=\"#").Append(section.Id).Append("\">").Append(Text(section.Title)).Append("</a>");
        }

        html.Append("</nav>\n<main>\n");
        foreach (ReportSection section in page.Sections)
        {
            Write(html, section);
        }

        html.Append("</main>\n<footer>\n");
        foreach ((bool isWarning, string note) in page.Notes)
        {
            html.Append(isWarning ? "<p class=\"warn\">" : "<p>").Append(Text(note)).Append("</p>\n");
        }

        return html.Append("</footer>\n<script>").Append(Script.Value).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, ReportSection section)
    {
        html.Append("<section id=\"").Append(section.Id).Append("\" aria-labelledby=\"").Append(section.Id).Append("-title\">\n<h2 id=\"").Append(section.Id)
            .Append("-title\">")
            .Append(Text(section.Title)).Append("</h2>\n<p>").Append(Text(section.Says)).Append("</p>\n");
        if (section.Answer.Rows.Count == 0)
        {
            html.Append("<p class=\"none\">None in these inputs.</p>\n</section>\n");
            return;
        }

        if (section.Chart.Name == "tiles")
        {
            WriteTiles(html, section.Answer);
        }
        else
        {
            if (section.Chart.Name != "none")
            {
                WriteChart(html, section);
            }

            WriteTable(html, section);
        }

        html.Append("</section>\n");
    }

    private static void WriteTiles(StringBuilder html, ResultTable answer)
    {
        html.Append("<dl class=\"tiles\">");
        for (int i = 0; i < answer.Columns.Count; i++)
        {
            string shown = CellText.Shown(answer.Rows[0][i]);
            html.Append("<div><dt>").Append(Text(CellText.Heading(answer.Columns[i]))).Append("</dt><dd").Append(shown.Length > 12 ? " class=\"long\"" : "")
                .Append(" data-name=\"").Append(Text(answer.Columns[i])).Append("\" data-v=\"").Append(Text(CellText.Raw(answer.Rows[0][i]))).Append("\">")
                .Append(shown.Length == 0 ? "none" : Text(shown)).Append("</dd></div>");
        }

        html.Append("</dl>\n");
    }

    private static void WriteChart(StringBuilder html, ReportSection section)
    {
        html.Append("<figure><div class=\"chart ").Append(section.Chart.Name is "map" or "points" ? "map" : section.Chart.Name)
            .Append("\" role=\"img\" aria-label=\"Chart: ")
            .Append(Text(section.Title)).Append("; the table below has its numbers\" data-chart=\"").Append(section.Chart.Name).Append('"');
        foreach ((string role, string column) in section.Chart.Roles)
        {
            html.Append(" data-").Append(role).Append("=\"").Append(column).Append('"');
        }

        html.Append("></div><figcaption></figcaption></figure>\n");
    }

    private static void WriteTable(StringBuilder html, ReportSection section)
    {
        ResultTable answer = section.Answer;
        bool[] isNumber = [.. Enumerable.Range(0, answer.Columns.Count)
            .Select(i => answer.Rows.Any(row => row[i] is not null) && answer.Rows.All(row => row[i] is null || CellText.IsNumber(row[i])))];
        html.Append("<div class=\"tools\"><label>Filter <input type=\"search\" aria-controls=\"").Append(section.Id)
            .Append("-table\"></label><output></output>");
        if (section.IsCut)
        {
            html.Append("<span class=\"faint\">The first ").Append(CellText.Shown((long)answer.Rows.Count)).Append(" rows.</span>");
        }

        html.Append("</div>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Text(section.Title)).Append("\"><table id=\"")
            .Append(section.Id)
            .Append("-table\"><thead><tr>");
        for (int i = 0; i < isNumber.Length; i++)
        {
            html.Append("<th scope=\"col\"").Append(isNumber[i] ? " class=\"n\"" : "").Append(" data-name=\"").Append(Text(answer.Columns[i])).Append("\">")
                .Append(Text(CellText.Heading(answer.Columns[i]))).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<object?> row in answer.Rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                string raw = CellText.Raw(row[i]), shown = CellText.IsName(answer.Columns[i]) ? raw : CellText.Shown(row[i]);
                html.Append(isNumber[i] ? "<td class=\"n\"" : row[i] is DateTime ? "<td class=\"t\"" : shown.Length > LongText ? "<td class=\"w\"" : "<td");
                if (raw != shown)
                {
                    html.Append(" data-v=\"").Append(Text(raw)).Append('"');
                }

                html.Append('>').Append(Text(shown)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    /// <summary>Text as HTML: no character of it is markup, in an element or in an attribute. Characters that turn the direction of text show as what they
    /// are.</summary>
    private static string Text(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0000', '\u001F') >= 0 || text.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') >= 0
            || text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') >= 0 || text.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') >= 0)
        {
            text = string.Concat(text.Select(letter => char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
                ? $"\\u{(int)letter:x4}" : letter.ToString()));
        }

        return WebUtility.HtmlEncode(text);
    }

    private static string Asset(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("pages/" + name)!);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
