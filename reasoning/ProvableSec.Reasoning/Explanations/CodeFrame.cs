using System.Globalization;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>A line of a document with a mark under some characters of it.</summary>
internal static class CodeFrame
{
    // A policy inside an NDJSON line has no line of its own; what is around the mark must do.
    private const int MostCharacters = 100, Before = 30;

    public static void Write(ExplanationText text, string indent, DocumentText source, TextRange span, string note)
    {
        LinePosition at = source.PositionOf(span.Start), origin = source.PositionOf(0);
        if (source.LineSpanAt(at.Line) is not { } line)
        {
            return;
        }

        int start = Math.Min(at.Line == origin.Line ? at.Column - origin.Column : at.Column - 1, line.Length);
        int length = Math.Max(1, Math.Min(span.Length, line.Length - start));
        int from = 0;
        if (line.Length > MostCharacters)
        {
            from = Math.Max(0, Math.Min(start - Before, line.Length - MostCharacters));
            length = Math.Min(length, from + MostCharacters - start);
        }

        string head = from > 0 ? "…" : "";
        string shown = new([.. source.Text.Substring(line.Start + from, Math.Min(MostCharacters, line.Length - from)).Select(c => IsShown(c) ? c : ' ')]);
        string number = at.Line.ToString(CultureInfo.InvariantCulture);
        text.Write(indent + number + " │ ", TextTone.Quiet).Line(head + shown + (from + MostCharacters < line.Length ? "…" : ""));
        text.Write(indent + new string(' ', number.Length) + " │ ", TextTone.Quiet)
            .Write(new string(' ', head.Length + start - from) + new string('^', length), TextTone.Bad)
            .Line(note.Length > 0 ? " " + note : "");
    }

    /// <summary>Whether a character takes one column, as the mark below it supposes; halves of others are left to stand together.</summary>
    private static bool IsShown(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
