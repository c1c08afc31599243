namespace ProvableSec.Rules.Policies;

/// <summary>
/// What a check may cost where it holds texts of a policy against each other, in steps and never in time, so that the same policy has the same findings on
/// every
/// machine. Of policies that AWS accepts none comes near.
/// </summary>
/// <param name="cancellation">Ends the work of all checks.</param>
internal sealed class CheckBudget(CancellationToken cancellation)
{
    /// <summary>Some tenths of a second.</summary>
    private const long MostSteps = 50_000_000;

    private long left = MostSteps;

    /// <summary>Another check begins.</summary>
    public void Renew() => left = MostSteps;

    /// <summary>Counts steps.</summary>
    /// <exception cref="CheckBudgetException">There were too many.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public void Spend(long steps)
    {
        cancellation.ThrowIfCancellationRequested();
        left -= steps;
        if (left < 0)
        {
            throw new CheckBudgetException();
        }
    }
}
