namespace ProvableSec.Reasoning.Budgets;

/// <summary>
/// What a question may cost, counted in elementary steps (propagations, automaton states, pattern tests) and never in time,
/// so that the same question gets the same answer on every machine. What is done to a text or a list counts by its length, so that no step is a long one.
/// </summary>
internal sealed class Budget(long steps, CancellationToken cancellationToken = default)
{
    /// <summary>At most this many characters or comparisons are gone through in the time of one step.</summary>
    public const int WorkOfStep = 64;

    /// <summary>At most this many bytes the states of one search may take.</summary>
    public const long MostBytes = 128L << 20;

    private long held;

    public long Spent { get; private set; }

    /// <summary>A budget of its own for a part of the work, of at most so many steps as are left; what it comes to is to be spent here.</summary>
    public Budget Part(long most) => new(Math.Min(most, steps - Spent), cancellationToken);

    public void Spend(long count)
    {
        Spent += count;
        if (Spent > steps)
        {
            throw new BudgetExhaustedException(BudgetEnd.Steps, $"the budget of {steps} steps is used up; --budget raises it");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            throw new BudgetExhaustedException(BudgetEnd.Canceled, "stopped before it was decided");
        }
    }

    /// <summary>Pays for going through characters or comparisons: nothing for those of an ordinary policy.</summary>
    public void SpendWork(long work)
    {
        if (work >= WorkOfStep)
        {
            Spend(work / WorkOfStep);
        }
    }

    /// <summary>Pays for going through characters or comparisons if there is enough left; false where there is not, and nothing is spent.</summary>
    public bool TrySpendWork(long work)
    {
        if (work / WorkOfStep > steps - Spent)
        {
            return false;
        }

        SpendWork(work);
        return true;
    }

    /// <summary>Takes note of memory that a search needs until it ends.</summary>
    public void Hold(long bytes)
    {
        held += bytes;
        if (held > MostBytes)
        {
            throw new BudgetExhaustedException(BudgetEnd.Size, $"the search for a value needs more than {MostBytes >> 20} MB of memory");
        }
    }

    /// <summary>Takes note of memory that a search that has ended needed.</summary>
    public void Release(long bytes) => held -= bytes;
}
