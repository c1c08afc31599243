namespace ProvableSec.Reasoning.Budgets;

/// <summary>What ended a search before it was done.</summary>
internal enum BudgetEnd
{
    /// <summary>Its steps are used up.</summary>
    Steps,

    /// <summary>It needs more memory, or a text is longer, than any search may have.</summary>
    Size,

    /// <summary>The asker canceled it.</summary>
    Canceled,
}
