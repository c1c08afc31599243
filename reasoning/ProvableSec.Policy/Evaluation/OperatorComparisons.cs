using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>A value of the request against one value of the policy, by the kind of operator. Negation is the caller's.</summary>
internal static class OperatorComparisons
{
    /// <returns>Null when one of the two cannot be parsed.</returns>
    public static bool? Compare(EvaluationRun run, ConditionComparison comparison, ExpandedPattern pattern, ReadOnlySpan<char> value)
    {
        switch (comparison)
        {
            case ConditionComparison.StringEquals or ConditionComparison.StringNotEquals:
                return pattern.Text.SequenceEqual(value);
            case ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase:
                return CaseFold.Equal(pattern.Text, value);
            case ConditionComparison.StringLike or ConditionComparison.StringNotLike:
                return Glob.Matches(pattern, value, foldCase: false);
            case >= ConditionComparison.ArnEquals and <= ConditionComparison.ArnNotLike:
                return ArnPattern.Matches(run, pattern, value);
            case >= ConditionComparison.NumericEquals and <= ConditionComparison.NumericGreaterThanEquals:
                return DecimalNumber.TryParse(value, out DecimalNumber number) && DecimalNumber.TryParse(pattern.Text, out DecimalNumber limit)
                    ? Orders(comparison - ConditionComparison.NumericEquals, number.CompareTo(limit))
                    : null;
            case >= ConditionComparison.DateEquals and <= ConditionComparison.DateGreaterThanEquals:
                return Moment.TryParse(value, out Moment moment) && Moment.TryParse(pattern.Text, out Moment bound)
                    ? Orders(comparison - ConditionComparison.DateEquals, moment.CompareTo(bound))
                    : null;
            case ConditionComparison.Bool:
                return Truth(value) is { } truth && Truth(pattern.Text) is { } wanted ? truth == wanted : null;
            case ConditionComparison.BinaryEquals:
                return Base64Bytes.Equal(pattern.Text, value);
            case ConditionComparison.IpAddress or ConditionComparison.NotIpAddress:
                return IpRange.TryParse(value, out IpRange address) && address.IsBare && IpRange.TryParse(pattern.Text, out IpRange range)
                    ? Lies(run, address, range)
                    : null;
            default:
                return false;
        }
    }

    public static bool? Truth(ReadOnlySpan<char> text) =>
        CaseFold.Equal(text, "true".AsSpan()) ? true : CaseFold.Equal(text, "false".AsSpan()) ? false : null;

    /// <summary>Numeric and Date operators stand in the same order: equal, not equal, less, less or equal, greater, greater or equal.</summary>
    private static bool Orders(int comparison, int order) => comparison switch
    {
        0 or 1 => order == 0,
        2 => order < 0,
        3 => order <= 0,
        4 => order > 0,
        _ => order >= 0,
    };

    private static bool Lies(EvaluationRun run, IpRange address, IpRange range) =>
        range.Contains(address)
        || (range.IsV6 && range.IsBare && range.Contains(address, 32) && run.Takes(Reading.BareIpv6Is32));
}
