using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>For a person: each path, step by step, with the requests that show it.</summary>
internal sealed class TextEscalationReport : IReport<EscalationResult>
{
    public void Write(EscalationResult result, CommandConsole console)
    {
        var text = StyledText.Of(console);
        foreach (IReadOnlyList<EscalationStep> chain in result.Chains)
        {
            text.Line($"{Printable.Clean(chain[0].From)} becomes an administrator in {chain.Count} {(chain.Count == 1 ? "step" : "steps")}");
            foreach (EscalationStep step in chain)
            {
                text.Line($"  → {Printable.Clean(step.To)}  by {Printable.Clean(step.Way)}");
                foreach (Witness proof in step.Proofs)
                {
                    WitnessText.WriteTable(text, "    ", proof, []);
                }
            }

            text.Line();
        }

        foreach (var ways in result.Graph.Open.GroupBy(step => step.From))
        {
            text.Line($"{Printable.Clean(ways.Key)} may become more than it is; the dump does not tell whose roles or policies these are about");
            foreach (EscalationStep step in ways)
            {
                text.Line($"  ? by {Printable.Clean(step.Way)}");
            }

            text.Line();
        }

        foreach ((string who, string reason) in result.Undecided)
        {
            text.Line($"? {Printable.Clean(who)}: {Printable.Clean(reason)}");
        }

        text.Line(result.Summary);
    }
}
