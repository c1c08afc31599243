using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>A value of the request on its way past the values of a condition: what it says as an address or a moment is read once.</summary>
internal ref struct ComparedValue(ReadOnlySpan<char> text)
{
    private Parsed address;
    private Parsed moment;
    private IpRange range;
    private Moment date;

    private enum Parsed
    {
        NotYet,
        Well,
        Not,
    }

    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>A single address; a range is none.</summary>
    public bool TryAddress(out IpRange found)
    {
        if (address == Parsed.NotYet)
        {
            address = IpRange.TryParse(Text, out range) && range.IsBare ? Parsed.Well : Parsed.Not;
        }

        found = range;
        return address == Parsed.Well;
    }

    public bool TryMoment(out Moment found)
    {
        if (moment == Parsed.NotYet)
        {
            moment = Moment.TryParse(Text, out date) ? Parsed.Well : Parsed.Not;
        }

        found = date;
        return moment == Parsed.Well;
    }

    /// <summary>A value of the policy as a range, read once for all requests where it has no variables.</summary>
    public static bool TryRange(PolicyPattern pattern, ExpandedPattern expanded, out IpRange range)
    {
        if (!pattern.IsPlain)
        {
            return IpRange.TryParse(expanded.Text, out range);
        }

        if (pattern.Prepared is not Prepared<IpRange> prepared)
        {
            bool isWell = IpRange.TryParse(expanded.Text, out range);
            pattern.Prepared = prepared = new Prepared<IpRange>(isWell, range);
        }

        range = prepared.Value;
        return prepared.IsWell;
    }

    /// <summary>A value of the policy as a moment, likewise.</summary>
    public static bool TryBound(PolicyPattern pattern, ExpandedPattern expanded, out Moment bound)
    {
        if (!pattern.IsPlain)
        {
            return Moment.TryParse(expanded.Text, out bound);
        }

        if (pattern.Prepared is not Prepared<Moment> prepared)
        {
            bool isWell = Moment.TryParse(expanded.Text, out bound);
            pattern.Prepared = prepared = new Prepared<Moment>(isWell, bound);
        }

        bound = prepared.Value;
        return prepared.IsWell;
    }

    private sealed class Prepared<T>(bool isWell, T value)
        where T : struct
    {
        public bool IsWell { get; } = isWell;

        public T Value { get; } = value;
    }
}
