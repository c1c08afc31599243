using System.Globalization;
using System.Text;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>A diagram for Mermaid, which Markdown of GitHub and GitLab draws. It makes its own layout.</summary>
internal static class MermaidDiagram
{
    /// <summary>The diagram.</summary>
    public static string Of(EscalationDiagram diagram)
    {
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < diagram.Boxes.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  b{i}[\"{Escaped(diagram.Boxes[i].Label)}\"]{(diagram.Boxes[i].Distance == 0 ? ":::top" : "")}\n");
        }

        foreach (EscalationArrow arrow in diagram.Arrows)
        {
            foreach ((int from, int to) in arrow.From.SelectMany(from => arrow.To.Select(to => (from, to))))
            {
                text.Append(CultureInfo.InvariantCulture, $"  b{from} -->|\"{Escaped(arrow.Label)}\"| b{to}\n");
            }
        }

        return text.Append("  classDef top stroke:#b42318,stroke-width:2px\n").ToString();
    }

    /// <summary>Everything that could be markup by its number (Mermaid, "Entity codes to escape characters").</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (Rune rune in Printable.Clean(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (rune.IsAscii && " :/.,+=()-_…".Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return escaped.ToString();
    }
}
