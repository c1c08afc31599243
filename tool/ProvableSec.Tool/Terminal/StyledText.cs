using ProvableSec.Reasoning.Explanations;
using Spectre.Console;

namespace ProvableSec.Tool.Terminal;

/// <summary>Text with colors where a person reads it, and without where a file does. Lines are never broken but where the caller breaks them.</summary>
internal sealed class StyledText : ExplanationText
{
    private readonly IAnsiConsole console;

    /// <summary>Writes to a writer.</summary>
    /// <param name="to">Takes the text.</param>
    /// <param name="color">Whether it may have colors.</param>
    /// <param name="width">How wide a terminal is; null for no terminal.</param>
    public StyledText(TextWriter to, bool color, int? width)
    {
        Width = width;
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(to),
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
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
    public override int? Width { get; }

    /// <summary>For a person at a terminal, or for whatever the output is redirected to.</summary>
    public static StyledText Of(CommandConsole console) =>
        new(console.OutputText, console.ColorOutput, console.OutputIsTerminal ? TerminalWidth() : null);

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

    public override ExplanationText Write(string text, TextTone tone) => Write(text, Of(tone));

    public override void Line(string text, TextTone tone) => Line(text, Of(tone));

    private static Style Of(TextTone tone) => tone switch
    {
        TextTone.Strong => Strong,
        TextTone.Quiet => Quiet,
        TextTone.Good => Good,
        TextTone.Bad => Bad,
        TextTone.Doubtful => Doubtful,
        _ => Style.Plain,
    };

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
