namespace ProvableSec.Reasoning.Search;

/// <summary>
/// What a question may cost, counted in elementary steps (propagations, automaton states, pattern tests) and never in time,
/// so that the same question gets the same answer on every machine.
/// </summary>
internal sealed class Budget(long steps, CancellationToken stop = default)
{
    public long Spent { get; private set; }

    public void Spend(long count)
    {
        Spent += count;
        if (Spent > steps)
        {
            throw new BudgetExhaustedException($"the budget of {steps} steps is used up; --budget raises it");
        }

        if (stop.IsCancellationRequested)
        {
            throw new BudgetExhaustedException(Prover.Stopped);
        }
    }
}

/// <summary>The budget is used up, or the asker has stopped waiting; the prover turns this into <c>unknown</c>.</summary>
internal sealed class BudgetExhaustedException(string reason) : Exception(reason);
