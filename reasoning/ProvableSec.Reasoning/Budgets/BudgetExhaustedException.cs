namespace ProvableSec.Reasoning.Budgets;

/// <summary>The budget is used up, or the asker has stopped waiting; the prover turns this into <c>unknown</c>.</summary>
internal sealed class BudgetExhaustedException(BudgetEnd end, string reason) : Exception(reason)
{
    /// <summary>What ended the search.</summary>
    public BudgetEnd End => end;
}
