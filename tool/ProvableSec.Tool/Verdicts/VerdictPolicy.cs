namespace ProvableSec.Tool.Verdicts;

/// <summary>What the exit code makes of outcomes.</summary>
/// <param name="FailOn">The least severity that counts.</param>
/// <param name="UndecidedPasses">True when an undecided question is no failure.</param>
internal sealed record VerdictPolicy(Severity FailOn, bool UndecidedPasses)
{
    public int ExitCodeOf(Outcome outcome, Severity severity) => outcome switch
    {
        Outcome.NotAsked => ExitCodes.BadInput,
        Outcome.Violated or Outcome.HoldsUnexpectedly when severity >= FailOn => ExitCodes.Finding,
        Outcome.Undecided when !UndecidedPasses => ExitCodes.Undecided,
        _ => ExitCodes.Success,
    };
}
