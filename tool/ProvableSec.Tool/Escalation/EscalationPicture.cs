using System.Globalization;
using System.Net;
using System.Text;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>The graph as a drawing: whoever may do everything on the right, whoever gets there in more steps further left.</summary>
internal static class EscalationPicture
{
    private const int Width = 250, Height = 34, GapX = 190, GapY = 26, Margin = 20, MostLetters = 34;

    /// <summary>The drawing as SVG, for a file of its own or a part of a page.</summary>
    public static string Svg(EscalationGraph graph)
    {
        Dictionary<string, int> distance = Distances(graph);
        string[][] columns = [.. distance.GroupBy(entry => entry.Value).OrderByDescending(group => group.Key)
            .Select(group => group.Select(entry => entry.Key).Order(StringComparer.Ordinal).ToArray())];
        var at = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        for (int column = 0; column < columns.Length; column++)
        {
            for (int row = 0; row < columns[column].Length; row++)
            {
                at[columns[column][row]] = (Margin + (column * (Width + GapX)), Margin + (row * (Height + GapY)));
            }
        }

        int width = (2 * Margin) + (columns.Length * Width) + (Math.Max(0, columns.Length - 1) * GapX),
            height = (2 * Margin) + (columns.Select(column => column.Length).DefaultIfEmpty(0).Max() * (Height + GapY));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" "
                + $"font-size=\"12\" role=\"img\">\n<title>Privilege escalation paths</title>\n");
        svg.Append(
            "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 "
                + "z\" fill=\"#555\"/></marker></defs>\n");
        foreach (var steps in graph.Steps.Where(step => at.ContainsKey(step.From) && at.ContainsKey(step.To)).GroupBy(step => (step.From, step.To)))
        {
            (int fromX, int fromY) = at[steps.Key.From];
            (int toX, int toY) = at[steps.Key.To];
            // A step that leads no further up is drawn from side to side.
            bool isForward = toX > fromX;
            int x1 = fromX + Width, x2 = isForward ? toX : toX + Width, y1 = fromY + (Height / 2), y2 = toY + (Height / 2);
            string way = steps.First().Way + (steps.Count() > 1 ? $" and {steps.Count() - 1} more" : "");
            svg.Append(CultureInfo.InvariantCulture,
                $"<path d=\"M{x1} {y1} C{x1 + (GapX / 2)} {y1} {(isForward ? x2 - (GapX / 2) : x2 + (GapX / 2))} {y2} {x2} {y2}\" fill=\"none\" "
                    + $"stroke=\"#555\" marker-end=\"url(#tip)\"><title>{Text(string.Join("\n", steps.Select(step => step.Way)))}</title></path>\n");
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{(x1 + x2) / 2}\" y=\"{((y1 + y2) / 2) - 4}\" text-anchor=\"middle\" fill=\"#333\" font-size=\"10\">{Text(Short(way))}</text>\n");
        }

        foreach ((string name, (int x, int y)) in at)
        {
            bool isTop = graph.IsAtTheTop(name);
            svg.Append(CultureInfo.InvariantCulture,
                $"<g><title>{Text(name)}</title><rect x=\"{x}\" y=\"{y}\" width=\"{Width}\" height=\"{Height}\" rx=\"6\" fill=\""
                    + $"{(isTop ? "#f6d5d5" : "#dfe9f3")}\" stroke=\"{(isTop ? "#b03a3a" : "#3f6b94")}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 10}\" y=\"{y + 21}\">{Text(Short(NameOf(name)))}</text></g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A page with the drawing and every step.</summary>
    public static string Html(EscalationGraph graph)
    {
        var page =
            new StringBuilder(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                    + "'none'; style-src 'unsafe-inline'\">\n<title>Privilege escalation "
                    + "paths</title>\n<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3em "
                    + ".6em;text-align:left;vertical-align:top}code{font-size:.9em}</style>\n</head>\n<body>\n<h1>Privilege escalation paths</h1>\n");
        page.Append(CultureInfo.InvariantCulture,
            $"<p>{graph.Chains().Count} of {graph.Principals.Count} users and roles can become administrators; {graph.Administrators.Count} already are. Each step is shown by requests that are allowed.</p>\n").Append(Svg(graph));
        page.Append("<table>\n<tr><th>who</th><th>becomes</th><th>by</th><th>requests that are allowed</th></tr>\n");
        foreach (EscalationStep step in graph.Steps)
        {
            string proofs = string.Join("<br>",
                step.Proofs.Select(proof => $"<code>{Text(proof.Request.Action)}</code> on <code>{Text(proof.Request.Resource)}</code>"));
            page.Append($"<tr><td>{Text(step.From)}</td><td>{Text(step.To)}</td><td>{Text(step.Way)}</td><td>{proofs}</td></tr>\n");
        }

        return page.Append("</table>\n</body>\n</html>\n").ToString();
    }

    /// <summary>How many steps each is from the top; who takes part in no chain is not drawn.</summary>
    private static Dictionary<string, int> Distances(EscalationGraph graph)
    {
        var distances = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (IReadOnlyList<EscalationStep> chain in graph.Chains())
        {
            distances[chain[0].From] = chain.Count;
            distances[chain[^1].To] = 0;
        }

        return distances;
    }

    private static string NameOf(string arn) => arn.Split(':') is { Length: >= 6 } fields ? $"{string.Join(':', fields[5..])} ({fields[4]})" : arn;

    private static string Short(string text) => text.Length <= MostLetters ? text : text[..(MostLetters - 1)] + "…";

    private static string Text(string text) => WebUtility.HtmlEncode(string.Join('\n', text.Split('\n').Select(Printable.Clean)));
}
