using System.Globalization;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Values;

/// <summary>Numbers or moments that compare in a given way with one of some bounds.</summary>
internal sealed class OrderedSet : ValueSet
{
    private readonly ConditionComparison comparison;
    private readonly List<decimal> bounds;

    /// <summary>Creates the set.</summary>
    /// <param name="comparison">A positive numeric or date comparison.</param>
    /// <param name="values">The policy's values; those that do not parse match nothing.</param>
    public OrderedSet(ConditionComparison comparison, IEnumerable<string> values)
    {
        this.comparison = comparison;
        Kind = comparison is >= ConditionComparison.DateEquals and <= ConditionComparison.DateGreaterThanEquals ? ValueKind.Date : ValueKind.Number;
        bounds = [];
        foreach (string value in values)
        {
            if (TryParse(value, Kind, out decimal bound))
            {
                bounds.Add(bound);
            }
        }

        bounds.Sort();
        Identity = $"{comparison}({string.Join(",", bounds.ConvertAll(b => b.ToString("G29", CultureInfo.InvariantCulture)))})";
    }

    public override string Identity { get; }

    public override ValueKind Kind { get; }

    /// <summary>How members compare with a bound.</summary>
    public ConditionComparison Comparison => comparison;

    /// <summary>The bounds, sorted; moments in ticks.</summary>
    public IReadOnlyList<decimal> Bounds => bounds;

    public override bool Contains(string value, Reading readings)
    {
        if (!TryParse(value, Kind, out decimal number))
        {
            return false;
        }

        foreach (decimal bound in bounds)
        {
            bool matches = comparison switch
            {
                ConditionComparison.NumericEquals or ConditionComparison.DateEquals => number == bound,
                ConditionComparison.NumericLessThan or ConditionComparison.DateLessThan => number < bound,
                ConditionComparison.NumericLessThanEquals or ConditionComparison.DateLessThanEquals => number <= bound,
                ConditionComparison.NumericGreaterThan or ConditionComparison.DateGreaterThan => number > bound,
                _ => number >= bound,
            };
            if (matches)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bounds, and one value beyond each end; <see cref="Between"/> fills the gaps across sets.</summary>
    public override IEnumerable<string> Candidates(Reading readings)
    {
        foreach (decimal bound in bounds)
        {
            yield return Render(bound, Kind);
        }
    }

    /// <summary>One value inside every gap between bounds, and one beyond each end.</summary>
    public static IEnumerable<string> Between(IEnumerable<OrderedSet> sets, ValueKind kind)
    {
        var all = new SortedSet<decimal>();
        foreach (OrderedSet set in sets)
        {
            all.UnionWith(set.bounds);
        }

        decimal unit = kind == ValueKind.Date ? TimeSpan.TicksPerSecond : 1;
        decimal? last = null;
        foreach (decimal bound in all)
        {
            if (last is null)
            {
                yield return Render(bound - unit, kind);
            }
            else
            {
                decimal step = last.Value + unit;
                yield return Render(step < bound ? step : (last.Value / 2) + (bound / 2), kind);
            }

            last = bound;
        }

        if (last is { } top)
        {
            yield return Render(top + unit, kind);
        }
    }

    public static bool TryParse(string text, ValueKind kind, out decimal value)
    {
        if (kind == ValueKind.Number)
        {
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        }

        bool parsed = TryParseMoment(text, out long ticks);
        value = ticks;
        return parsed;
    }

    private static readonly string[] MomentFormats =
    [
        "yyyy", "yyyy-MM", "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private static bool TryParseMoment(string text, out long ticks)
    {
        ticks = 0;
        bool digits = text.Length > 0;
        foreach (char c in text)
        {
            digits &= c is >= '0' and <= '9';
        }

        if (digits && text.Length != 4)
        {
            // Seconds since 1970 (IAM User Guide, "Date condition operators").
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > 253402300799)
            {
                return false;
            }

            ticks = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds).Ticks;
            return true;
        }

        if (DateTimeOffset.TryParseExact(text, MomentFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
        {
            ticks = moment.UtcTicks;
            return true;
        }

        return false;
    }

    private static string Render(decimal value, ValueKind kind)
    {
        if (kind == ValueKind.Number)
        {
            return value.ToString("G29", CultureInfo.InvariantCulture) is var text && text.IndexOf('E') >= 0
                ? value.ToString("F28", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.')
                : text;
        }

        long ticks = (long)Math.Max(0, Math.Min(DateTime.MaxValue.Ticks, value));
        var moment = new DateTime(ticks, DateTimeKind.Utc);
        return moment.ToString(ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }
}
