using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Check;

/// <summary>A text in which some places are where they are in a file, and some lines say what they do around these; the rest is empty.</summary>
internal sealed class StubText
{
    // What a report shows of a line, and then some.
    private const int Around = 200, MostLines = 4_000_000;

    private readonly SortedDictionary<int, (int Length, List<Window> Windows)> lines = [];

    /// <summary>Adds a place.</summary>
    /// <exception cref="FormatException">No file has it.</exception>
    public void Add(LinePosition place) => Widen(place.Line, place.Column - 1);

    /// <summary>Adds what a line says around a place.</summary>
    /// <exception cref="FormatException">No file has it.</exception>
    public void Add(Window window)
    {
        Widen(window.Line, window.Length);
        if (window.From < 0 || window.From + window.Text.Length > window.Length)
        {
            throw new FormatException("a line of a result is not one");
        }

        lines[window.Line].Windows.Add(window);
    }

    /// <summary>The text.</summary>
    /// <param name="name">The file.</param>
    public DocumentText Build(string name)
    {
        var text = new System.Text.StringBuilder();
        int at = 1;
        foreach ((int line, (int length, List<Window> windows)) in lines)
        {
            text.Append('\n', line - at);
            at = line;
            char[] shown = [.. Enumerable.Repeat(' ', length)];
            foreach (Window window in windows)
            {
                window.Text.CopyTo(0, shown, window.From, window.Text.Length);
            }

            text.Append(shown);
        }

        return new DocumentText(text.ToString(), name);
    }

    /// <summary>The offset of a place of a text.</summary>
    public static int OffsetOf(DocumentText text, LinePosition place) =>
        text.LineSpanAt(place.Line) is { } line ? line.Start + place.Column - 1 : throw new FormatException("a place of a result is none");

    private void Widen(int line, int length)
    {
        if (line is < 1 or > MostLines || length is < 0 or > 1 << 28)
        {
            throw new FormatException("a place of a result is none");
        }

        lines[line] = lines.TryGetValue(line, out (int Length, List<Window> Windows) known) ? (Math.Max(known.Length, length), known.Windows) : (length, []);
    }

    /// <summary>Some of a line.</summary>
    /// <param name="Line">Which line.</param>
    /// <param name="From">How many characters are left out before it.</param>
    /// <param name="Length">How many characters the line has.</param>
    /// <param name="Text">The characters.</param>
    internal sealed record Window(int Line, int From, int Length, string Text)
    {
        /// <summary>What a line says around a place.</summary>
        public static Window? Around(DocumentText source, LinePosition place)
        {
            if (source.LineSpanAt(place.Line) is not { } line)
            {
                return null;
            }

            int from = Math.Max(0, Math.Min(place.Column - 1, line.Length) - StubText.Around);
            return new Window(place.Line, from, line.Length, source.Text.Substring(line.Start + from, Math.Min(2 * StubText.Around, line.Length - from)));
        }
    }
}
