using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Numbers or moments that compare in a given way with one of some bounds.</summary>
internal sealed class OrderedSet : ValueSet
{
    private const int MostDigits = 10_000, WorkOfBound = 8;

    private readonly List<ExactNumber> bounds;

    /// <summary>Creates the set.</summary>
    /// <param name="comparison">A positive numeric or date comparison.</param>
    /// <param name="values">The policy's values; those that do not parse match nothing.</param>
    /// <exception cref="BudgetExhaustedException">One is too long to calculate with.</exception>
    public OrderedSet(ConditionComparison comparison, IEnumerable<string> values)
    {
        var facts = ComparisonFacts.Of(comparison);
        Order = facts.Order;
        Kind = facts.Family == ComparisonFamily.Date ? ValueKind.Date : ValueKind.Number;
        bounds = [];
        foreach (string value in values)
        {
            if (value.Length > MostDigits)
            {
                throw new BudgetExhaustedException(BudgetEnd.Size, $"a number of {value.Length} characters is not compared; the limit is {MostDigits}");
            }

            if (TryParse(value, Kind, out ExactNumber bound))
            {
                bounds.Add(bound);
            }
        }

        bounds.Sort();
        Identity = $"{comparison}({string.Join(",", bounds)})";
    }

    public override string Identity { get; }

    public override ValueKind Kind { get; }

    /// <summary>How members compare with a bound.</summary>
    public ComparisonOrder Order { get; }

    /// <summary>The bounds, sorted; moments in seconds since 1970.</summary>
    public IReadOnlyList<ExactNumber> Bounds => bounds;

    public override bool Contains(string value, Reading readings, Budget? budget = null)
    {
        if (!TryParse(value, Kind, out ExactNumber number))
        {
            return false;
        }

        budget?.SpendWork((WorkOfBound * bounds.Count) + value.Length);
        foreach (ExactNumber bound in bounds)
        {
            int order = number.CompareTo(bound);
            bool matches = Order switch
            {
                ComparisonOrder.Equal => order == 0,
                ComparisonOrder.Less => order < 0,
                ComparisonOrder.LessOrEqual => order <= 0,
                ComparisonOrder.Greater => order > 0,
                _ => order >= 0,
            };
            if (matches)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bounds; <see cref="Between"/> fills the gaps across sets.</summary>
    public override IEnumerable<string> Candidates(Reading readings)
    {
        foreach (ExactNumber bound in bounds)
        {
            if (Render(bound, Kind) is { } text)
            {
                yield return text;
            }
        }
    }

    /// <summary>One value inside every gap between bounds, and one beyond each end, where a text can say it.</summary>
    public static IEnumerable<string> Between(IEnumerable<OrderedSet> sets, ValueKind kind)
    {
        var all = new SortedSet<ExactNumber>();
        foreach (OrderedSet set in sets)
        {
            all.UnionWith(set.bounds);
        }

        var one = new ExactNumber(1, 0);
        ExactNumber? last = null;
        foreach (ExactNumber bound in all)
        {
            ExactNumber inside = last is not { } lower ? bound.Minus(one)
                : lower.Plus(one) is var step && step.CompareTo(bound) < 0 ? step
                : lower.Halfway(bound);

            // Moments are told apart by eighteen digits; where two are neighbours, rounding finds one of them again, which does no harm.
            if (Render(kind == ValueKind.Date ? inside.Floor(MomentText.Places) : inside, kind) is { } text)
            {
                yield return text;
            }

            // A moment outside the years of four digits is a whole second; the next one may be the only one in the gap.
            if (kind == ValueKind.Date && last is { } from && Render(from.Floor(0).Plus(one), kind) is { } second)
            {
                yield return second;
            }

            last = bound;
        }

        if (last is { } top && Render(kind == ValueKind.Date ? top.Floor(0).Plus(one) : top.Plus(one), kind) is { } beyond)
        {
            yield return beyond;
        }
    }

    public static bool TryParse(string text, ValueKind kind, out ExactNumber value) =>
        kind == ValueKind.Number ? ExactNumber.TryParse(text, out value) : MomentText.TryParse(text, out value);

    private static string? Render(ExactNumber value, ValueKind kind) => kind == ValueKind.Number ? value.ToString() : MomentText.Render(value);
}
