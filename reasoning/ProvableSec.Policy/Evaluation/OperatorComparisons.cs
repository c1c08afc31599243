using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>A value of the request against one value of the policy, by the kind of operator. Negation is the caller's.</summary>
internal static class OperatorComparisons
{
    /// <returns>Null when one of the two cannot be parsed.</returns>
    /// <param name="run">The evaluation.</param>
    /// <param name="facts">The comparison.</param>
    /// <param name="written">The value of the policy.</param>
    /// <param name="pattern">The same with its variables replaced.</param>
    /// <param name="compared">The value of the request.</param>
    public static bool? Compare(EvaluationRun run, ComparisonFacts facts, PolicyPattern written, ExpandedPattern pattern, ref ComparedValue compared)
    {
        ReadOnlySpan<char> value = compared.Text;
        switch (facts.Family)
        {
            case ComparisonFamily.String:
                return facts.Positive switch
                {
                    ConditionComparison.StringEquals => pattern.Text.SequenceEqual(value),
                    ConditionComparison.StringEqualsIgnoreCase => CaseFold.Equal(pattern.Text, value),
                    _ => Glob.Matches(pattern, value, foldCase: false),
                };
            case ComparisonFamily.Arn:
                return ArnPattern.Matches(run, pattern, value);
            case ComparisonFamily.Numeric:
                return DecimalNumber.TryParse(value, out DecimalNumber number) && DecimalNumber.TryParse(pattern.Text, out DecimalNumber limit)
                    ? Orders(facts.Order, number.CompareTo(limit))
                    : null;
            case ComparisonFamily.Date:
                return compared.TryMoment(out Moment moment) && ComparedValue.TryBound(written, pattern, out Moment bound)
                    ? Orders(facts.Order, moment.CompareTo(bound))
                    : null;
            case ComparisonFamily.Bool:
                return Truth(value) is { } truth && Truth(pattern.Text) is { } wanted ? truth == wanted : null;
            case ComparisonFamily.Binary:
                return Base64Bytes.Equal(pattern.Text, value);
            case ComparisonFamily.IpAddress:
                return compared.TryAddress(out IpRange address) && ComparedValue.TryRange(written, pattern, out IpRange range)
                    ? Lies(run, address, range)
                    : null;
            default:
                return false;
        }
    }

    public static bool? Truth(ReadOnlySpan<char> text) =>
        CaseFold.Equal(text, "true".AsSpan()) ? true : CaseFold.Equal(text, "false".AsSpan()) ? false : null;

    private static bool Orders(ComparisonOrder wanted, int order) => wanted switch
    {
        ComparisonOrder.Equal => order == 0,
        ComparisonOrder.Less => order < 0,
        ComparisonOrder.LessOrEqual => order <= 0,
        ComparisonOrder.Greater => order > 0,
        _ => order >= 0,
    };

    private static bool Lies(EvaluationRun run, IpRange address, IpRange range) =>
        range.Contains(address)
        || (range.IsV6 && range.IsBare && range.Contains(address, 32) && run.Takes(Reading.BareIpv6Is32));
}
