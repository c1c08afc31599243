using ProvableSec.Logs.Proofs;
using ProvableSec.Logs.Rules;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary><c>prove --filter</c>: what the rules of a log filter can drop.</summary>
internal sealed class ProveFilter(CommandConsole console, VerdictPolicy policy, long budget, ReportOutputs<IReadOnlyList<FilterProof>> outputs)
{
    /// <summary>What stands for the rules that <c>trim</c> uses when it is given none.</summary>
    public const string Default = "default";

    /// <summary>Asks every question about a filter.</summary>
    /// <param name="file">Its rules.</param>
    /// <param name="baseline">Rules that are to keep the same records; null for none.</param>
    /// <returns>The exit code.</returns>
    public int Run(string file, string? baseline)
    {
        LogRules? rules = Read(file), other = baseline is null ? null : Read(baseline);
        if (rules is null || (other is null && baseline is not null))
        {
            return ExitCodes.BadInput;
        }

        FilterProof[] proofs = [.. FilterProver.All(rules, budget), .. other is null ? (ReadOnlySpan<FilterProof>)[]
            : [FilterProver.SameRecords(rules, other, budget)]];
        int code = ExitCodes.Success;
        foreach (FilterProof proof in proofs)
        {
            code = ExitCodes.Combine(code, policy.ExitCodeOf(Outcomes.Of(proof.Verdict, null),
                proof.Property == FilterProperty.RuleIsMet ? Severity.Warning : Severity.Error));
        }

        return ExitCodes.Combine(code, outputs.Write(proofs, console));
    }

    private LogRules? Read(string file) => file == Default ? LogRules.Default : LogRulesFile.TryRead(file, console);
}
