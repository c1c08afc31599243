namespace ProvableSec.Reasoning.Explanations;

/// <summary>Takes the text of an explanation: a terminal, a file, the message of a failed test. Lines are never broken but where the writer breaks
/// them.</summary>
internal abstract class ExplanationText
{
    private const int MostColumns = 100, LeastParagraph = 30;

    /// <summary>The width to lay lines out for; null for any.</summary>
    public virtual int? Width => null;

    /// <summary>Writes a piece of a line. Whoever takes it shows characters that a terminal would obey as their numbers.</summary>
    public abstract ExplanationText Write(string text, TextTone tone = TextTone.Plain);

    /// <summary>Writes the rest of a line.</summary>
    public abstract void Line(string text = "", TextTone tone = TextTone.Plain);

    /// <summary>Writes words in lines of at most 100 columns, or the width where that is less.</summary>
    /// <param name="indent">What each line begins with.</param>
    /// <param name="words">The words.</param>
    /// <param name="label">What the first line begins with, behind the indent; others stand below the words.</param>
    public void Paragraph(string indent, string words, string label = "")
    {
        int room = Math.Max(LeastParagraph, Math.Min(Width ?? MostColumns, MostColumns) - indent.Length - label.Length);
        string start = label, rest = words;
        do
        {
            int at = rest.Length <= room ? rest.Length : rest.LastIndexOf(' ', room);
            if (at <= 0)
            {
                // A word that is longer than the line.
                at = rest.IndexOf(' ') is > 0 and var next ? next : rest.Length;
            }

            Write(indent).Write(start, TextTone.Quiet).Line(rest.Substring(0, at));
            rest = rest.Substring(at).TrimStart();
            start = new string(' ', label.Length);
        }
        while (rest.Length > 0);
    }
}
