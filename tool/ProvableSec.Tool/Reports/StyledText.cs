using ProvableSec.Tool.Output;
using Spectre.Console;

namespace ProvableSec.Tool.Reports;

/// <summary>Text with colours where a person reads it, and without where a file does. Lines are never broken but where the caller breaks them.</summary>
internal sealed class StyledText
{
    private const int MostColumns = 100, LeastParagraph = 30;

    private readonly IAnsiConsole console;

    /// <summary>Writes to a writer.</summary>
    /// <param name="to">Takes the text.</param>
    /// <param name="colour">Whether it may have colours.</param>
    /// <param name="width">How wide a terminal is; null for no terminal.</param>
    public StyledText(TextWriter to, bool colour, int? width)
    {
        Width = width;
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(to),
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });

        // The library would break lines at a width that it guesses.
        console.Profile.Width = int.MaxValue / 4;
    }

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Doubtful { get; } = new(Color.Yellow);

    public static Style Quiet { get; } = new(Color.Grey);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>The width to lay lines out for; null for any.</summary>
    public int? Width { get; }

    /// <summary>For a person at a terminal, or for whatever the output is redirected to.</summary>
    public static StyledText Of(CommandConsole console) =>
        new(console.OutputText, console.ColourOutput, console.OutputIsTerminal ? TerminalWidth() : null);

    public StyledText Write(string text, Style? style = null)
    {
        if (text.Length > 0)
        {
            console.Write(new Text(Printable.Clean(text), style));
        }

        return this;
    }

    public void Line(string text = "", Style? style = null)
    {
        Write(text, style);
        console.Profile.Out.Writer.Write('\n');
    }

    /// <summary>Writes words in lines of the terminal's width, at most 100 columns.</summary>
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
                at = rest.IndexOf(' ', StringComparison.Ordinal) is > 0 and var next ? next : rest.Length;
            }

            Write(indent).Write(start, Quiet).Line(rest[..at]);
            rest = rest[at..].TrimStart();
            start = new string(' ', label.Length);
        }
        while (rest.Length > 0);
    }

    private static int? TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : null;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return null;
        }
    }
}
