using ProvableSec.Policy.Accounts;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Escalation;

/// <summary>One run of <c>ask escalation</c>.</summary>
/// <param name="console">Where everything goes.</param>
/// <param name="input">The accounts.</param>
/// <param name="budget">Engine steps that all proofs may cost.</param>
/// <param name="outputs">Where the answer is written.</param>
internal sealed class EscalationRun(CommandConsole console, AccountInput input, long budget, ReportOutputs<EscalationResult> outputs)
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

        var result = new EscalationResult(graph);
        int code = ExitCodes.Combine(input.Code, outputs.Write(result, console));
        foreach (string truncated in dump.Truncated)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(truncated));
        }

        code = ExitCodes.Combine(code, result.Chains.Count > 0 ? ExitCodes.Finding : ExitCodes.Success);
        return ExitCodes.Combine(code, graph.Undecided.Count > 0 || !dump.Truncated.IsEmpty ? ExitCodes.Undecided : ExitCodes.Success);
    }
}
