namespace ProvableSec.Tool.Verdicts;

/// <summary>What the exit code makes of outcomes.</summary>
/// <param name="FailOn">The least severity that counts.</param>
/// <param name="UndecidedPasses">True when an unknown or vacuous answer is not a failure.</param>
internal sealed record VerdictPolicy(Severity FailOn, bool UndecidedPasses)
{
    public int ExitCodeOf(Outcome outcome, Severity severity) => outcome switch
    {
        Outcome.NotAsked => ExitCodes.BadInput,
        Outcome.Violated or Outcome.HoldsUnexpectedly when severity >= FailOn => ExitCodes.Finding,
        Outcome.Undecided or Outcome.Vacuous when !UndecidedPasses => ExitCodes.Undecided,
        _ => ExitCodes.Success,
    };
}
