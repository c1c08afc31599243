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

    /// <summary>A value of the policy as a range.</summary>
    public static bool TryRange(PolicyPattern pattern, ExpandedPattern expanded, out IpRange range) => TryKept(pattern, expanded, IpRange.TryParse, out range);

    /// <summary>A value of the policy as a moment.</summary>
    public static bool TryBound(PolicyPattern pattern, ExpandedPattern expanded, out Moment bound) => TryKept(pattern, expanded, Moment.TryParse, out bound);

    /// <summary>What a value of the policy says, read once for all requests where it has no variables.</summary>
    private static bool TryKept<T>(PolicyPattern pattern, ExpandedPattern expanded, Parser<T> tryParse, out T value)
        where T : struct
    {
        if (!pattern.IsPlain)
        {
            return tryParse(expanded.Text, out value);
        }

        if (pattern.Prepared is not Prepared<T> prepared)
        {
            bool isWell = tryParse(expanded.Text, out value);
            pattern.Prepared = prepared = new Prepared<T>(isWell, value);
        }

        value = prepared.Value;
        return prepared.IsWell;
    }

    private delegate bool Parser<T>(ReadOnlySpan<char> text, out T value);

    private sealed class Prepared<T>(bool isWell, T value)
        where T : struct
    {
        public bool IsWell { get; } = isWell;

        public T Value { get; } = value;
    }
}
