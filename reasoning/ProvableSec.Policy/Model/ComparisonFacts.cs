using System.Collections.Immutable;

namespace ProvableSec.Policy.Model;

/// <summary>
/// What there is to know of a comparison without carrying it out: the one table for the reader, the evaluator, the prover, the certificate checker and
/// the checks, each of which compares values by itself.
/// </summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="Family">What it compares.</param>
/// <param name="Order">How values that match stand to each other, negation apart.</param>
/// <param name="Positive">The comparison that it negates; itself where it negates none.</param>
internal sealed record ComparisonFacts(ConditionComparison Comparison, ComparisonFamily Family, ComparisonOrder Order, ConditionComparison Positive)
{
    /// <summary>Every comparison, in the order of <see cref="ConditionComparison"/>.</summary>
    public static ImmutableArray<ComparisonFacts> All { get; } = ImmutableArray.Create<ComparisonFacts>(
    [
        Row(ConditionComparison.Unknown, ComparisonFamily.Unknown),
        Row(ConditionComparison.StringEquals, ComparisonFamily.String),
        Row(ConditionComparison.StringNotEquals, ComparisonFamily.String, positive: ConditionComparison.StringEquals),
        Row(ConditionComparison.StringEqualsIgnoreCase, ComparisonFamily.String),
        Row(ConditionComparison.StringNotEqualsIgnoreCase, ComparisonFamily.String, positive: ConditionComparison.StringEqualsIgnoreCase),
        Row(ConditionComparison.StringLike, ComparisonFamily.String),
        Row(ConditionComparison.StringNotLike, ComparisonFamily.String, positive: ConditionComparison.StringLike),
        Row(ConditionComparison.NumericEquals, ComparisonFamily.Numeric),
        Row(ConditionComparison.NumericNotEquals, ComparisonFamily.Numeric, positive: ConditionComparison.NumericEquals),
        Row(ConditionComparison.NumericLessThan, ComparisonFamily.Numeric, ComparisonOrder.Less),
        Row(ConditionComparison.NumericLessThanEquals, ComparisonFamily.Numeric, ComparisonOrder.LessOrEqual),
        Row(ConditionComparison.NumericGreaterThan, ComparisonFamily.Numeric, ComparisonOrder.Greater),
        Row(ConditionComparison.NumericGreaterThanEquals, ComparisonFamily.Numeric, ComparisonOrder.GreaterOrEqual),
        Row(ConditionComparison.DateEquals, ComparisonFamily.Date),
        Row(ConditionComparison.DateNotEquals, ComparisonFamily.Date, positive: ConditionComparison.DateEquals),
        Row(ConditionComparison.DateLessThan, ComparisonFamily.Date, ComparisonOrder.Less),
        Row(ConditionComparison.DateLessThanEquals, ComparisonFamily.Date, ComparisonOrder.LessOrEqual),
        Row(ConditionComparison.DateGreaterThan, ComparisonFamily.Date, ComparisonOrder.Greater),
        Row(ConditionComparison.DateGreaterThanEquals, ComparisonFamily.Date, ComparisonOrder.GreaterOrEqual),
        Row(ConditionComparison.Bool, ComparisonFamily.Bool),
        Row(ConditionComparison.BinaryEquals, ComparisonFamily.Binary),
        Row(ConditionComparison.IpAddress, ComparisonFamily.IpAddress),
        Row(ConditionComparison.NotIpAddress, ComparisonFamily.IpAddress, positive: ConditionComparison.IpAddress),
        Row(ConditionComparison.ArnEquals, ComparisonFamily.Arn),
        Row(ConditionComparison.ArnNotEquals, ComparisonFamily.Arn, positive: ConditionComparison.ArnEquals),
        Row(ConditionComparison.ArnLike, ComparisonFamily.Arn),
        Row(ConditionComparison.ArnNotLike, ComparisonFamily.Arn, positive: ConditionComparison.ArnLike),
        Row(ConditionComparison.Null, ComparisonFamily.Null),
    ]);

    /// <summary>True for the negated comparisons, which match when no value of the policy does, and when the key is absent.</summary>
    public bool IsNegated => Positive != Comparison;

    /// <summary>True where the values are strings or ARNs, which may hold policy variables.</summary>
    public bool TakesVariables => Family is ComparisonFamily.String or ComparisonFamily.Arn;

    /// <summary>True where values have an order.</summary>
    public bool IsOrdered => Family is ComparisonFamily.Numeric or ComparisonFamily.Date;

    /// <summary>The facts of a comparison.</summary>
    public static ComparisonFacts Of(ConditionComparison comparison) => All[(int)comparison];

    private static ComparisonFacts Row(ConditionComparison comparison, ComparisonFamily family, ComparisonOrder order = ComparisonOrder.Equal,
        ConditionComparison? positive = null) =>
        new(comparison, family, order, positive ?? comparison);
}
