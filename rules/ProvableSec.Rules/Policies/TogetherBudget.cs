namespace ProvableSec.Rules.Policies;

/// <summary>How often policies of one document are read to be looked at together with another one of it. The policies of a document are checked one after the
/// other.</summary>
internal sealed class TogetherBudget
{
    /// <summary>Some seconds.</summary>
    private const int MostReadings = 1 << 15;

    private int left = MostReadings;

    /// <summary>Counts policies that are read.</summary>
    /// <exception cref="CheckBudgetException">There were too many.</exception>
    public void Spend(int policies)
    {
        left -= Math.Min(policies, left);
        if (left == 0)
        {
            throw new CheckBudgetException();
        }
    }
}
