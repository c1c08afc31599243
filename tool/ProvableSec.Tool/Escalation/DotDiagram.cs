using System.Globalization;
using System.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>A diagram in the DOT language of Graphviz, with the places of its layout: <c>neato -n2 -Tpdf</c> keeps them, <c>dot</c> finds others.</summary>
internal static class DotDiagram
{
    // Graphviz counts nodes in inches and places in points, from below.
    private const double PointsOfInch = 72;

    /// <summary>The diagram.</summary>
    public static string Of(EscalationDiagram diagram)
    {
        var dot = new StringBuilder("digraph escalation {\n  graph [rankdir=LR, splines=true, label=\"Privilege escalation paths\"];\n"
            + "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=10, fixedsize=true];\n");
        for (int i = 0; i < diagram.Boxes.Count; i++)
        {
            Node(dot, diagram, i, $"b{i}", diagram.Boxes[i].Label, diagram.Boxes[i].Title, diagram.Boxes[i].Distance == 0 ? ", color=firebrick" : "");
        }

        for (int i = 0; i < diagram.Arrows.Count; i++)
        {
            EscalationArrow arrow = diagram.Arrows[i];
            Node(dot, diagram, diagram.Boxes.Count + i, $"a{i}", arrow.Label, arrow.Title, ", shape=plaintext, fontsize=8");
            foreach (int from in arrow.From)
            {
                dot.Append(CultureInfo.InvariantCulture, $"  b{from} -> a{i} [dir=none];\n");
            }

            foreach (int to in arrow.To)
            {
                dot.Append(CultureInfo.InvariantCulture, $"  a{i} -> b{to};\n");
            }
        }

        return dot.Append("}\n").ToString();
    }

    private static void Node(StringBuilder dot, EscalationDiagram diagram, int node, string name, string label, string title, string more)
    {
        double width = diagram.WidthOf(node), height = diagram.HeightOf(node);
        dot.Append(CultureInfo.InvariantCulture,
            $"  {name} [label={Text(label)}, tooltip={Text(title)}, pos=\"{diagram.Lefts[node] + (width / 2):0.#},{diagram.Layout.Length - diagram.Layout.Centers[node]:0.#}\", "
                + $"width={width / PointsOfInch:0.##}, height={height / PointsOfInch:0.##}{more}];\n");
    }

    /// <summary>A string of the language; a backslash would begin an escape.</summary>
    private static string Text(string text) => "\"" + string.Join("\\n", text.Split('\n').Select(line =>
        Printable.Clean(line).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))) + "\"";
}
