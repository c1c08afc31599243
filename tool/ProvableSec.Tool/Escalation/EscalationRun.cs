using System.Text.Json;
using ProvableSec.Policy.Accounts;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Escalation;

/// <summary>One run of <c>ask escalation</c>.</summary>
/// <param name="console">Where everything goes.</param>
/// <param name="input">The accounts.</param>
/// <param name="budget">Engine steps that all proofs may cost.</param>
/// <param name="format"><c>text</c>, <c>json</c>, <c>svg</c>, <c>html</c>, <c>dot</c> or <c>mermaid</c>.</param>
internal sealed class EscalationRun(CommandConsole console, AccountInput input, long budget, string format)
{
    /// <summary>Reads, finds and reports.</summary>
    /// <returns>The exit code: 1 where somebody can become an administrator who is none.</returns>
    public int Run()
    {
        if (!input.TryRead(out AccountDump dump, out OrganizationControls controls))
        {
            return ExitCodes.BadInput;
        }

        EscalationGraph graph;
        using (var progress = new Progress(console, "principals"))
        {
            graph = EscalationFinder.Find(dump, controls, progress.Add, budget);
        }

        IReadOnlyList<IReadOnlyList<EscalationStep>> chains = graph.Chains();
        switch (format)
        {
            case "json":
                WriteJson(graph, chains);
                break;
            case "svg":
                console.OutputText.Write(SvgDiagram.Of(EscalationDiagram.Of(graph)));
                break;
            case "dot":
                console.OutputText.Write(DotDiagram.Of(EscalationDiagram.Of(graph)));
                break;
            case "mermaid":
                console.OutputText.Write(MermaidDiagram.Of(EscalationDiagram.Of(graph)));
                break;
            case "html":
                console.OutputText.Write(EscalationPage.Of(graph));
                break;
            default:
                WriteText(graph, chains);
                break;
        }

        foreach (string truncated in dump.Truncated)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(truncated));
        }

        int code = ExitCodes.Combine(input.Code, chains.Count > 0 ? ExitCodes.Finding : ExitCodes.Success);
        return ExitCodes.Combine(code, graph.Undecided.Count > 0 || !dump.Truncated.IsEmpty ? ExitCodes.Undecided : ExitCodes.Success);
    }

    private void WriteText(EscalationGraph graph, IReadOnlyList<IReadOnlyList<EscalationStep>> chains)
    {
        var text = StyledText.Of(console);
        foreach (IReadOnlyList<EscalationStep> chain in chains)
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

        foreach (var ways in graph.Open.GroupBy(step => step.From))
        {
            text.Line($"{Printable.Clean(ways.Key)} may become more than it is; the dump does not tell whose roles or policies these are about");
            foreach (EscalationStep step in ways)
            {
                text.Line($"  ? by {Printable.Clean(step.Way)}");
            }

            text.Line();
        }

        foreach (IGrouping<string, (string Principal, string Reason)> alike in graph.Undecided.GroupBy(one => one.Reason))
        {
            string[] names = [.. alike.Select(one => one.Principal)];
            text.Line($"? {Printable.Clean(names[0])}{(names.Length > 1 ? $", and {names.Length - 1} more" : "")}: {Printable.Clean(alike.Key)}");
        }

        text.Line(
            $"{chains.Count} of {graph.Principals.Count} users and roles can become administrators; {graph.Administrators.Count} already "
                + $"{(graph.Administrators.Count == 1 ? "is one" : "are")}{(graph.Undecided.Count > 0 ? $"; {graph.Undecided.Count} undecided" : "")}.");
    }

    private void WriteJson(EscalationGraph graph, IReadOnlyList<IReadOnlyList<EscalationStep>> chains)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            JsonRecord.Write(json, "administrators", graph.Administrators.Order(StringComparer.Ordinal));
            EscalationJson.WriteSteps(json, "steps", graph.Steps);
            EscalationJson.WriteSteps(json, "open", graph.Open);
            json.WriteStartArray("chains");
            foreach (IReadOnlyList<EscalationStep> chain in chains)
            {
                json.WriteStartArray();
                foreach (string name in chain.Select(step => step.From).Append(chain[^1].To))
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("undecided");
            foreach ((string principal, string reason) in graph.Undecided)
            {
                json.WriteStartObject();
                json.WriteString("principal", principal);
                json.WriteString("reason", reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }
}
