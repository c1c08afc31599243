using ProvableSec.Reasoning.Explanations;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>JUnit's XML: a test case for each user and role, which fails where it can become an administrator.</summary>
internal sealed class JUnitEscalationReport : IReport<EscalationResult>
{
    public void Write(EscalationResult result, CommandConsole console)
    {
        ILookup<string, IReadOnlyList<EscalationStep>> chains = result.Chains.ToLookup(chain => chain[0].From);
        ILookup<string, string> undecided = result.Graph.Undecided.ToLookup(one => one.Principal, one => one.Reason);
        JUnitSuite.Write(console.OutputText, "Privilege escalation", [.. result.Graph.Principals.Distinct().Select(Case)], notes: [result.Summary]);

        JUnitCase Case(string who) => chains[who].FirstOrDefault() is { } chain
            ? new JUnitCase(who, "escalation", JUnitOutcome.Failed, "becomes an administrator by " + string.Join(", then ", chain.Select(Words)))
            {
                Output = string.Join('\n', chain.SelectMany(step => step.Proofs).Select(WitnessText.InOneLine)),
            }
            : undecided[who].FirstOrDefault() is { } reason ? new JUnitCase(who, "escalation", JUnitOutcome.Skipped, reason) : new JUnitCase(who, "escalation");
    }

    private static string Words(EscalationStep step) => step.To == EscalationGraph.Administrator ? step.Way : $"{step.Way} as {step.To}";
}
