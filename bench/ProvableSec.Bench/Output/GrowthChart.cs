using System.Globalization;
using System.Net;
using System.Text;

namespace ProvableSec.Bench.Output;

/// <summary>Draws how costs grow: a panel for each series, both axes logarithmic, so that a straight line of slope 1 is cost in proportion to size. Readable
/// in light and dark.</summary>
internal static class GrowthChart
{
    private const int Columns = 2, Wide = 440, High = 270, Left = 62, Top = 66, Right = 20, Bottom = 40, Head = 40;

    public static string Draw(IReadOnlyList<GrowthLine> lines, Machine machine)
    {
        int rows = (lines.Count + Columns - 1) / Columns, width = Columns * Wide, height = Head + (rows * High);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}" width="{{width}}" height="{{height}}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Processor time of answers by size">
            <style>
            svg { background: #fff } text { fill: #1f2328 } .soft { fill: #59636e } .grid { stroke: #d1d9e0 } .line { stroke: #0969da; fill: none; stroke-width: 2 } circle { fill: #0969da } .even { stroke: #8c959f; stroke-dasharray: 4 4 }
            @media (prefers-color-scheme: dark) { svg { background: #0d1117 } text { fill: #f0f6fc } .soft { fill: #9198a1 } .grid { stroke: #3d444d } .line { stroke: #4493f8 } circle { fill: #4493f8 } .even { stroke: #656c76 } }
            </style>
            <text x="{{Left - 40}}" y="26" class="soft">Processor time of one thread, reading included. Dashed: cost in proportion to size. {{Text(machine.Processor)}}, {{Text(machine.Runtime)}}</text>

            """);
        for (int i = 0; i < lines.Count; i++)
        {
            Panel(svg, lines[i], i % Columns * Wide, Head + (i / Columns * High));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, GrowthLine line, int x, int y)
    {
        double least = Math.Floor(Math.Log10(line.Points.Min(p => p.Milliseconds))), most = Math.Ceiling(Math.Log10(line.Points.Max(p => p.Milliseconds)));
        double first = Math.Log2(line.Points[0].Size), last = Math.Log2(line.Points[^1].Size);
        double X(double size) => x + Left + ((Math.Log2(size) - first) / (last - first) * (Wide - Left - Right));
        double Y(double milliseconds) => y + High - Bottom - ((Math.Log10(milliseconds) - least) / (most - least) * (High - Top - Bottom));

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left - 40}\" y=\"{y + 18}\" font-weight=\"600\">{Text(line.Name)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Wide - Right}\" y=\"{y + 18}\" text-anchor=\"end\">cost ~ size<tspan dy=\"-5\" font-size=\"11\">{line.Exponent:0.00}</tspan></text>\n");
        int row = 0;
        foreach (string words in Wrapped(line.Says, 62))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + Left - 40}\" y=\"{y + 35 + (15 * row++)}\" class=\"soft\" font-size=\"12\">{Text(words)}</text>\n");
        }

        for (double power = least; power <= most; power++)
        {
            double at = Y(Math.Pow(10, power));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x + Left}\" x2=\"{x + Wide - Right}\" y1=\"{at:0.0}\" y2=\"{at:0.0}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"soft\" x=\"{x + Left - 6}\" y=\"{at + 4:0.0}\" text-anchor=\"end\" font-size=\"12\">{Milliseconds(Math.Pow(10, power))}</text>\n");
        }

        // At most six numbers below, so that they never touch.
        int step = (line.Points.Count + 5) / 6;
        for (int i = 0; i < line.Points.Count; i++)
        {
            (int size, double milliseconds) = line.Points[i];
            if ((line.Points.Count - 1 - i) % step == 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text class=\"soft\" x=\"{X(size):0.0}\" y=\"{y + High - Bottom + 18}\" text-anchor=\"middle\" font-size=\"12\">{size}</text>");
            }

            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(size):0.0}\" cy=\"{Y(milliseconds):0.0}\" r=\"3\"><title>{size} {Text(line.Name)}: {milliseconds:0.000} ms</title></circle>\n");
        }

        // From the last point down to where the panel ends.
        (int largest, double cost) = line.Points[^1];
        double lowest = Math.Max(line.Points[0].Size, largest * Math.Pow(10, least) / cost);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"even\" x1=\"{X(lowest):0.0}\" y1=\"{Y(cost * lowest / largest):0.0}\" x2=\"{X(largest):0.0}\" y2=\"{Y(cost):0.0}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line\" points=\"{string.Join(' ', line.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Size):0.0},{Y(p.Milliseconds):0.0}")))}\"/>\n");
    }

    private static string Milliseconds(double value) =>
        value >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0} s") : value >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{value:0} ms") : string.Create(CultureInfo.InvariantCulture, $"{value * 1000:0} µs");

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
