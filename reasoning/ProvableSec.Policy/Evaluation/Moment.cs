using System.Globalization;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// A moment: the W3C profile of ISO 8601 (year, year-month, date, date with time and zone) or seconds since 1970.
/// A year is exactly four digits, so that "2024" is not an epoch. Fractions are exact to eighteen digits.
/// </summary>
internal readonly struct Moment(long seconds, long fraction)
{
    private const int FractionDigits = 18;

    public long Seconds { get; } = seconds;

    public long Fraction { get; } = fraction;

    public int CompareTo(Moment other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Fraction.CompareTo(other.Fraction);

    /// <summary>As AWS sends <c>aws:CurrentTime</c>; seconds outside the years 1 to 9999 as they are.</summary>
    public string ToText()
    {
        const long First = -62135596800, Last = 253402300799;
        return Seconds is >= First and <= Last
            ? new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(Seconds - First).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : Seconds.ToString(CultureInfo.InvariantCulture);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Moment moment)
    {
        moment = default;
        if (text.Length != 4 && TryEpoch(text, out moment))
        {
            return true;
        }

        int month = 1, day = 1;
        if (!Digits(ref text, 4, out int year))
        {
            return false;
        }

        if (!text.IsEmpty)
        {
            if (!Take(ref text, '-') || !Digits(ref text, 2, out month) || month is < 1 or > 12)
            {
                return false;
            }

            if (!text.IsEmpty && (!Take(ref text, '-') || !Digits(ref text, 2, out day) || day < 1 || day > DaysIn(year, month)))
            {
                return false;
            }
        }

        long seconds = DaysBefore(year, month, day) * 86400L, fraction = 0;
        if (!text.IsEmpty && !TryTime(text, ref seconds, out fraction))
        {
            return false;
        }

        moment = new Moment(seconds, fraction);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, ref long seconds, out long fraction)
    {
        fraction = 0;
        if (!Take(ref text, 'T') || !Digits(ref text, 2, out int hour) || hour > 23 || !Take(ref text, ':') || !Digits(ref text, 2, out int minute)
            || minute > 59)
        {
            return false;
        }

        int second = 0;
        if (Take(ref text, ':'))
        {
            if (!Digits(ref text, 2, out second) || second > 59)
            {
                return false;
            }

            if (Take(ref text, '.') && !TryFraction(ref text, out fraction))
            {
                return false;
            }
        }

        seconds += (hour * 3600) + (minute * 60) + second;
        if (Take(ref text, 'Z'))
        {
            return text.IsEmpty;
        }

        int sign = Take(ref text, '+') ? 1 : Take(ref text, '-') ? -1 : 0;
        if (sign == 0 || !Digits(ref text, 2, out int zoneHour) || zoneHour > 23 || !Take(ref text, ':') || !Digits(ref text, 2, out int zoneMinute)
            || zoneMinute > 59)
        {
            return false;
        }

        seconds -= sign * ((zoneHour * 3600) + (zoneMinute * 60));
        return text.IsEmpty;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> text, out long fraction)
    {
        fraction = 0;
        int digits = 0;
        for (; digits < text.Length && text[digits] is >= '0' and <= '9'; digits++)
        {
            fraction = digits < FractionDigits ? (fraction * 10) + (text[digits] - '0') : fraction;
        }

        for (int i = digits; i < FractionDigits; i++)
        {
            fraction *= 10;
        }

        text = text.Slice(digits);
        return digits > 0;
    }

    private static bool TryEpoch(ReadOnlySpan<char> text, out Moment moment)
    {
        moment = default;
        bool negative = Take(ref text, '-');
        if (text.IsEmpty || text.Length > 17)
        {
            return false;
        }

        long seconds = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }

            seconds = (seconds * 10) + (c - '0');
        }

        moment = new Moment(negative ? -seconds : seconds, 0);
        return true;
    }

    private static bool Digits(ref ReadOnlySpan<char> text, int count, out int number)
    {
        number = 0;
        if (text.Length < count)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }

            number = (number * 10) + (text[i] - '0');
        }

        text = text.Slice(count);
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char c)
    {
        if (text.IsEmpty || text[0] != c)
        {
            return false;
        }

        text = text.Slice(1);
        return true;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysIn(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days since 1970-01-01 in the Gregorian calendar, continued backwards.</summary>
    private static long DaysBefore(int year, int month, int day)
    {
        // Counted in years that begin in March, so that the leap day is a year's last.
        int y = month <= 2 ? year - 1 : year;
        int era = (y >= 0 ? y : y - 399) / 400;
        int ofEra = y - (era * 400);
        int dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        return (era * 146097L) + (ofEra * 365) + (ofEra / 4) - (ofEra / 100) + dayOfYear - 719468;
    }
}
