using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Model;

/// <summary>The table of comparisons says what AWS's names say: a family in front, <c>Not</c> for a negation, the order behind.</summary>
public sealed class ComparisonFactsTests
{
    public static TheoryData<ConditionComparison> Comparisons() => [.. Enum.GetValues<ConditionComparison>()];

    [Fact]
    public void Every_comparison_has_its_row_in_its_place() =>
        Assert.Equal(Enum.GetValues<ConditionComparison>(), ComparisonFacts.All.Select(facts => facts.Comparison));

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void A_row_says_what_the_name_says(ConditionComparison comparison)
    {
        var facts = ComparisonFacts.Of(comparison);
        string name = comparison.ToString(), positive = name.Replace("Not", "", StringComparison.Ordinal);
        Assert.Equal(positive, facts.Positive.ToString());
        Assert.Equal(positive != name, facts.IsNegated);
        Assert.StartsWith(facts.Family.ToString(), positive, StringComparison.Ordinal);
        Assert.Equal(
            name.EndsWith("LessThan", StringComparison.Ordinal) ? ComparisonOrder.Less
                : name.EndsWith("LessThanEquals", StringComparison.Ordinal) ? ComparisonOrder.LessOrEqual
                : name.EndsWith("GreaterThan", StringComparison.Ordinal) ? ComparisonOrder.Greater
                : name.EndsWith("GreaterThanEquals", StringComparison.Ordinal) ? ComparisonOrder.GreaterOrEqual : ComparisonOrder.Equal,
            facts.Order);
    }
}
