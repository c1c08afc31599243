using System.Numerics;

namespace ProvableSec.CertificateChecker.Values;

/// <summary>
/// Moments as whole numbers of 10^-18 seconds since 1970: the W3C profile of ISO 8601, or seconds of up to seventeen digits. Four digits are a year.
/// Reads the calendar day by day of the year, not by the platform's dates.
/// </summary>
internal static class PlainMoment
{
    private const int FractionDigits = 18;
    private const long MostSeconds = 99_999_999_999_999_999;

    private static readonly BigInteger Second = BigInteger.Pow(10, FractionDigits);

    // Years 0000 to 9999, with the furthest zone either way: only there can a text name a fraction of a second.
    private static readonly BigInteger FirstFine = ((DaysBefore(0, 1) * 86400) - 86340) * Second;
    private static readonly BigInteger EndFine = ((DaysBefore(10_000, 1) * 86400) + 86340) * Second;

    private static readonly int[] DaysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static object? Read(string text)
    {
        if (text.Length != 4 && Whole(text.StartsWith("-", StringComparison.Ordinal) ? text.Substring(1) : text, 1, 17) is { } seconds)
        {
            return (text[0] == '-' ? -seconds : seconds) * Second;
        }

        int at = 0;
        if (Digits(4) is not { } year)
        {
            return null;
        }

        long month = 1, day = 1;
        if (at < text.Length && (!Take('-') || Digits(2) is not { } m || (month = m) is < 1 or > 12))
        {
            return null;
        }

        if (at < text.Length && (!Take('-') || Digits(2) is not { } d || (day = d) < 1 || day > DaysIn(year, month)))
        {
            return null;
        }

        BigInteger moment = (DaysBefore(year, (int)month) + day - 1) * 86400 * Second;
        if (at == text.Length)
        {
            return moment;
        }

        if (!Take('T') || Digits(2) is not ({ } hour and <= 23) || !Take(':') || Digits(2) is not ({ } minute and <= 59))
        {
            return null;
        }

        moment += ((hour * 3600) + (minute * 60)) * Second;
        if (Take(':'))
        {
            if (Digits(2) is not ({ } second and <= 59))
            {
                return null;
            }

            moment += second * Second;
            if (Take('.'))
            {
                int from = at;
                while (at < text.Length && text[at] is >= '0' and <= '9')
                {
                    at++;
                }

                if (at == from)
                {
                    return null;
                }

                moment += BigInteger.Parse(text.Substring(from, at - from).PadRight(FractionDigits, '0').Substring(0, FractionDigits),
                    System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        if (Take('Z'))
        {
            return at == text.Length ? moment : null;
        }

        int sign = Take('+') ? -1 : Take('-') ? 1 : 0;
        if (sign == 0 || Digits(2) is not ({ } zoneHour and <= 23) || !Take(':') || Digits(2) is not ({ } zoneMinute and <= 59) || at < text.Length)
        {
            return null;
        }

        return moment + (sign * ((zoneHour * 3600) + (zoneMinute * 60)) * Second);

        bool Take(char c)
        {
            bool there = at < text.Length && text[at] == c;
            at += there ? 1 : 0;
            return there;
        }

        long? Digits(int count)
        {
            long? number = at + count <= text.Length ? Whole(text.Substring(at, count), count, count) : null;
            at += count;
            return number;
        }
    }

    /// <summary>The bounds, a moment that some text names between each two neighbours, and one beyond either end, where there is one.</summary>
    public static IEnumerable<BigInteger> Classes(IEnumerable<BigInteger> bounds)
    {
        var sorted = new SortedSet<BigInteger>(bounds);
        BigInteger first = -MostSeconds * Second, last = MostSeconds * Second;
        yield return first;
        BigInteger before = first;
        foreach (BigInteger bound in sorted)
        {
            if (After(before) < bound)
            {
                yield return After(before);
            }

            yield return bound;
            before = bound;
        }

        if (After(before) <= last)
        {
            yield return After(before);
        }
    }

    /// <summary>The next moment that a text can name.</summary>
    private static BigInteger After(BigInteger moment)
    {
        if (moment + 1 > FirstFine && moment + 1 < EndFine)
        {
            return moment + 1;
        }

        BigInteger whole = BigInteger.DivRem(moment, Second, out BigInteger rest);
        return (rest.Sign < 0 ? whole : whole + 1) * Second;
    }

    private static long? Whole(string text, int least, int most)
    {
        if (text.Length < least || text.Length > most)
        {
            return null;
        }

        long number = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return null;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }

    private static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysIn(long year, long month) => month == 2 && IsLeap(year) ? 29 : DaysOfMonth[month - 1];

    /// <summary>Days from 1970 to the first of a month.</summary>
    private static long DaysBefore(long year, int month)
    {
        // Leap years before a year, counted from the year 0, which is one.
        long Leaps(long y) => y == 0 ? 0 : ((y - 1) / 4) - ((y - 1) / 100) + ((y - 1) / 400) + 1;
        long days = ((year - 1970) * 365) + Leaps(year) - Leaps(1970);
        for (int m = 1; m < month; m++)
        {
            days += DaysIn(year, m);
        }

        return days;
    }
}
