using System.Globalization;
using System.Net;
using System.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>A diagram as SVG: a file of its own, or a part of a page, where boxes lead to what the page says of them.</summary>
internal static class SvgDiagram
{
    private const double Margin = 16, TextBelowMiddle = 4;

    private const string Style = """
        svg.escalation{--ink:#1c1c1f;--quiet:#5c5c66;--back:#fff;--box:#eef3fa;--edge:#3f6b94;--top:#fdecec;--top-edge:#b42318;font:12px system-ui,sans-serif}
        @media (prefers-color-scheme:dark){svg.escalation{--ink:#f0f0f2;--quiet:#b4b4be;--back:#131316;--box:#1d2733;--edge:#7fa8d1;--top:#3a1d1d;--top-edge:#f97066}}
        svg.escalation .back{fill:var(--back)}svg.escalation text{fill:var(--ink)}
        svg.escalation .box rect{fill:var(--box);stroke:var(--edge)}svg.escalation .top rect{fill:var(--top);stroke:var(--top-edge)}
        svg.escalation .arrow path{fill:none;stroke:var(--quiet)}svg.escalation .arrow rect{fill:var(--back);stroke:var(--quiet);stroke-dasharray:2 2}
        svg.escalation .arrow text{font-size:10.5px;text-anchor:middle}svg.escalation .tip{fill:var(--quiet)}
        """;

    /// <summary>The diagram.</summary>
    /// <param name="diagram">What is drawn, and where.</param>
    /// <param name="link">What of a page a box leads to; null for no page.</param>
    public static string Of(EscalationDiagram diagram, Func<EscalationBox, string?>? link = null)
    {
        string width = Number(diagram.Width + (2 * Margin)), height = Number(diagram.Layout.Length + (2 * Margin));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"escalation\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n");
        svg.Append("<title>Privilege escalation paths</title>\n<style>\n").Append(Style).Append("\n</style>\n");
        svg.Append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
            + "<path class=\"tip\" d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>\n");
        svg.Append($"<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n");
        for (int i = 0; i < diagram.Arrows.Count; i++)
        {
            WriteArrow(svg, diagram, i);
        }

        for (int i = 0; i < diagram.Boxes.Count; i++)
        {
            WriteBox(svg, diagram, i, link);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void WriteArrow(StringBuilder svg, EscalationDiagram diagram, int number)
    {
        EscalationArrow arrow = diagram.Arrows[number];
        int label = diagram.Boxes.Count + number;
        svg.Append($"<g class=\"arrow\" data-from=\"{string.Join(' ', arrow.From)}\" data-to=\"{string.Join(' ', arrow.To)}\"><title>{Text(arrow.Title)}</title>");
        foreach (int from in arrow.From)
        {
            svg.Append($"<path data-from=\"{from}\" d=\"{Curve(diagram, from, label)}\"/>");
        }

        foreach (int to in arrow.To)
        {
            svg.Append($"<path d=\"{Curve(diagram, label, to)}\" marker-end=\"url(#tip)\"/>");
        }

        svg.Append($"<rect {Rectangle(diagram, label)} rx=\"4\"/>");
        svg.Append($"<text x=\"{Number(Margin + diagram.Lefts[label] + (diagram.WidthOf(label) / 2))}\" y=\"{Middle(diagram, label)}\">{Text(arrow.Label)}</text></g>\n");
    }

    private static void WriteBox(StringBuilder svg, EscalationDiagram diagram, int number, Func<EscalationBox, string?>? link)
    {
        EscalationBox box = diagram.Boxes[number];
        string? target = link?.Invoke(box);
        svg.Append($"<g class=\"{(box.Distance == 0 ? "box top" : "box")}\" data-box=\"{number}\">{(target is null ? "" : $"<a href=\"#{Text(target)}\">")}<title>{Text(box.Title)}</title>");
        svg.Append($"<rect {Rectangle(diagram, number)} rx=\"6\"/><text x=\"{Number(Margin + diagram.Lefts[number] + 10)}\" y=\"{Middle(diagram, number)}\">{Text(box.Label)}</text>");
        svg.Append(target is null ? "</g>\n" : "</a></g>\n");
    }

    /// <summary>Bends between the columns only: within one it goes straight, where no other box or label is.</summary>
    private static string Curve(EscalationDiagram diagram, int from, int to)
    {
        double start = Margin + diagram.Columns[from].Right, end = Margin + diagram.Columns[to].Left, y1 = Margin + diagram.Layout.Centers[from],
            y2 = Margin + diagram.Layout.Centers[to], bend = (end - start) / 2;
        return $"M{Number(Margin + diagram.Lefts[from] + diagram.WidthOf(from))} {Number(y1)} H{Number(start)} C{Number(start + bend)} {Number(y1)} "
            + $"{Number(end - bend)} {Number(y2)} {Number(end)} {Number(y2)} H{Number(Margin + diagram.Lefts[to])}";
    }

    private static string Rectangle(EscalationDiagram diagram, int node) =>
        $"x=\"{Number(Margin + diagram.Lefts[node])}\" y=\"{Number(Margin + diagram.Layout.Centers[node] - (diagram.HeightOf(node) / 2))}\" "
            + $"width=\"{Number(diagram.WidthOf(node))}\" height=\"{Number(diagram.HeightOf(node))}\"";

    private static string Middle(EscalationDiagram diagram, int node) => Number(Margin + diagram.Layout.Centers[node] + TextBelowMiddle);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(string.Join('\n', text.Split('\n').Select(Printable.Clean)));
}
