using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>For a ticket or a comment: a table of the lines of access.</summary>
internal sealed class MarkdownAccessReport : IReport<AskResult>
{
    // GitHub takes comments of 65,536 characters.
    private const int MostRows = 200;

    public void Write(AskResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine($"### {MarkdownCode.Of(result.Asked)}");
        to.WriteLine();
        AccessAnswer answer = result.Answer;
        if (!answer.Lines.IsEmpty)
        {
            to.WriteLine("| Who | May | On | But |");
            to.WriteLine("|---|---|---|---|");
            foreach (AccessLine line in answer.Lines.Take(MostRows))
            {
                ILookup<string, string> fields = AccessWords.Of(line).ToLookup(field => field.Name, field => field.Value);
                string limits = string.Join("; ", fields.Where(field => field.Key is not ("may" or "on"))
                    .SelectMany(field => field.Select(value => $"{field.Key} {MarkdownCode.InTable(value)}")));
                to.WriteLine(
                    $"| {MarkdownCode.InTable(AccessWords.Listed(line.Principals, ", "))} | {MarkdownCode.InTable(string.Join("; ", fields["may"]))} | "
                    + $"{MarkdownCode.InTable(string.Join("; ", fields["on"]))} | {limits} |");
            }

            to.WriteLine();
            if (answer.Lines.Length > MostRows)
            {
                to.WriteLine($"The first {MostRows} lines are shown (`--format json` has all).");
                to.WriteLine();
            }
        }

        foreach (UndecidedAccess undecided in answer.Undecided)
        {
            to.WriteLine($"- unknown: {MarkdownCode.Of(AccessWords.Listed(undecided.Principals, ", "))}: {MarkdownCode.Of(undecided.Reason)}");
        }

        foreach (StoppedAccess stopped in answer.Stopped)
        {
            to.WriteLine(
                $"- stopped: {MarkdownCode.Of(AccessWords.Listed(stopped.Principals, ", "))}: {MarkdownCode.Of(string.Join("; ", AskResult.StopsOf(stopped)))}");
        }

        foreach (string warning in result.Warnings)
        {
            to.WriteLine($"- warning: {MarkdownCode.Of(warning)}");
        }

        to.WriteLine();
        to.WriteLine($"{result.Summary}.");
        to.WriteLine();
        foreach (string note in AskNotes.All)
        {
            to.WriteLine($"- {note}");
        }
    }
}
