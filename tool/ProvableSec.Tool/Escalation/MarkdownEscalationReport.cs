using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>For a ticket or a comment: a table of the shortest paths.</summary>
internal sealed class MarkdownEscalationReport : IReport<EscalationResult>
{
    // GitHub takes comments of 65,536 characters.
    private const int MostRows = 200;

    public void Write(EscalationResult result, CommandConsole console)
    {
        TextWriter to = console.OutputText;
        to.WriteLine("### Privilege escalation");
        to.WriteLine();
        if (result.Chains.Count > 0)
        {
            to.WriteLine("| Who | Becomes an administrator by | Steps |");
            to.WriteLine("|---|---|---|");
            foreach (IReadOnlyList<EscalationStep> chain in result.Chains.Take(MostRows))
            {
                to.WriteLine($"| {MarkdownCode.InTable(chain[0].From)} | {string.Join(", then ", chain.Select(Words))} | {chain.Count} |");
            }

            to.WriteLine();
            if (result.Chains.Count > MostRows)
            {
                to.WriteLine($"The first {MostRows} paths are shown (`--format json` has all).");
                to.WriteLine();
            }
        }

        foreach (IGrouping<string, EscalationStep> ways in result.Graph.Open.GroupBy(step => step.From).Take(MostRows))
        {
            to.WriteLine($"- {MarkdownCode.Of(ways.Key)} may become more than it is by {string.Join(", ", ways.Select(step => MarkdownCode.Of(step.Way)))}; "
                + "whose roles or policies these are about is not in the dump");
        }

        foreach ((string who, string reason) in result.Undecided)
        {
            to.WriteLine($"- unknown: {MarkdownCode.Of(who)}: {MarkdownCode.Of(reason)}");
        }

        if (result.Graph.Open.Count > 0 || result.Graph.Undecided.Count > 0)
        {
            to.WriteLine();
        }

        to.WriteLine(result.Summary);
    }

    private static string Words(EscalationStep step) => step.To == EscalationGraph.Administrator ? MarkdownCode.InTable(step.Way)
        : $"{MarkdownCode.InTable(step.Way)} as {MarkdownCode.InTable(step.To)}";
}
