using System.Globalization;

namespace ProvableSec.Rules.Deployments;

/// <summary>How often a secret is rotated (AWS Secrets Manager User Guide, "Schedule expressions in Secrets Manager rotation").</summary>
internal static class RotationPeriod
{
    /// <summary>The longest time in days.</summary>
    private const int MostDays = 30;

    private const int Months = 12, February = 2;

    private static readonly string[] Names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Says that a number of days is too many; null where it is not.</summary>
    /// <param name="days">The number; null for a text that is not a number.</param>
    public static string? WhyRare(int? days) => days > MostDays ? $"the secret is rotated only every {days.Value.ToString(CultureInfo.InvariantCulture)} days"
        : null;

    /// <summary>Says that a schedule is too rare; null where it is not, or where that cannot be told.</summary>
    /// <param name="schedule"><c>rate(N days)</c> or <c>cron(…)</c>.</param>
    public static string? WhyRare(string schedule) =>
        schedule.Split('(', ' ', ')') is ["rate", var count, "day" or "days", ""] ? WhyRare(DaysOf(count))
        : schedule.StartsWith("cron(", StringComparison.Ordinal) && schedule.EndsWith(")", StringComparison.Ordinal)
            && schedule.Substring(5, schedule.Length - 6).Split([' '], StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var months, _, _]
            && MonthsOf(months) is { } rotated
            // From the end of January to the beginning of March are 29 days; over any other month more than 30.
            && Enumerable.Range(1, Months).Any(month => month != February && !rotated.Contains(month))
            ? $"the secret is rotated only in {rotated.Count.ToString(CultureInfo.InvariantCulture)} of 12 months"
        : null;

    /// <summary>The number that a text is; null for another.</summary>
    public static int? DaysOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) ? days : null;

    /// <summary>The months of a field such as <c>*</c>, <c>JAN,JUL</c>, <c>1-6</c>, <c>1/3</c>; null for what is none.</summary>
    private static HashSet<int>? MonthsOf(string field)
    {
        var months = new HashSet<int>();
        foreach (string part in field.Split(','))
        {
            string[] steps = part.Split('/'), range = steps[0].Split('-');
            int? first = range[0] == "*" ? 1 : MonthOf(range[0]);
            int? last = range.Length == 2 ? MonthOf(range[1]) : range[0] == "*" || steps.Length == 2 ? Months : first;
            int? step = steps.Length == 2 ? DaysOf(steps[1]) : 1;
            if (range.Length > 2 || steps.Length > 2 || first is null || last is null || step is null or 0 || last < first)
            {
                return null;
            }

            for (int month = first.Value; month <= last; month += Math.Min(step.Value, Months))
            {
                months.Add(month);
            }
        }

        return months;
    }

    private static int? MonthOf(string text) =>
        DaysOf(text) is >= 1 and <= Months and var number ? number
        : Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at + 1
        : null;
}
