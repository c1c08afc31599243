using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>The answer for a person.</summary>
internal sealed class TextAccessReport : IReport<AskResult>
{
    public void Write(AskResult result, CommandConsole console)
    {
        (string asked, AccessAnswer answer, IReadOnlyList<string> warnings) = result;
        TextWriter text = console.OutputText;
        text.WriteLine(Printable.Clean(asked));
        foreach (AccessLine line in answer.Lines)
        {
            text.WriteLine();
            text.WriteLine(AccessWords.Listed(line.Principals, ", "));
            foreach ((string name, string value) in AccessWords.Of(line))
            {
                Field(text, name, value);
            }
        }

        foreach (UndecidedAccess undecided in answer.Undecided)
        {
            text.WriteLine();
            text.WriteLine(AccessWords.Listed(undecided.Principals, ", "));
            Field(text, "unknown", undecided.Reason);
        }

        foreach (StoppedAccess stopped in answer.Stopped)
        {
            text.WriteLine();
            text.WriteLine(AccessWords.Listed(stopped.Principals, ", "));
            string name = "stopped";
            foreach (string by in AskResult.StopsOf(stopped))
            {
                Field(text, name, by);
                name = "";
            }
        }

        text.WriteLine();
        foreach (string warning in warnings)
        {
            text.WriteLine("warning: " + Printable.Clean(warning));
        }

        text.WriteLine(result.Summary);
        foreach (string note in AskNotes.All)
        {
            text.WriteLine("note: " + note);
        }
    }

    private static void Field(TextWriter text, string name, string value) => text.WriteLine($"  {name,-8} {Printable.Clean(value)}");
}
