using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvableSec.Reasoning.Values;

/// <summary>
/// Moments as seconds since 1970, fractions to eighteen digits: the W3C profile of ISO 8601 (year, year-month, date, date with time and zone)
/// or the seconds themselves, up to seventeen digits. Four digits are a year.
/// </summary>
internal static class MomentText
{
    /// <summary>Digits of a second that are told apart.</summary>
    public const int Places = 18;

    // 400 years of the Gregorian calendar: the year 0, which DateTime has not, is as long as the year 400.
    private const long Cycle = 146097L * 86400;

    private const long YearZero = -62167219200, YearOne = -62135596800, YearTenThousand = 253402300800, FurthestZone = 86340;

    private static readonly Regex Form = new(
        @"\A([0-9]{4})(-([0-9]{2})(-([0-9]{2})(T([0-9]{2}):([0-9]{2})(:([0-9]{2})(\.([0-9]+))?)?(Z|([+-])([0-9]{2}):([0-9]{2})))?)?)?\z",
        RegexOptions.CultureInvariant);

    public static bool TryParse(string text, out ExactNumber seconds)
    {
        seconds = default;
        if (text.Length != 4 && IsEpoch(text))
        {
            return ExactNumber.TryParse(text, out seconds);
        }

        if (Form.Match(text) is not { Success: true } form)
        {
            return false;
        }

        int year = Part(1, 0), month = Part(3, 1), day = Part(5, 1), hour = Part(7, 0), minute = Part(8, 0), second = Part(10, 0), zoneHour = Part(15, 0),
            zoneMinute = Part(16, 0);
        bool early = year == 0;
        int known = early ? 400 : year;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(known, month) || hour > 23 || minute > 59 || second > 59 || zoneHour > 23
            || zoneMinute > 59)
        {
            return false;
        }

        long whole = ((new DateTime(known, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - new DateTime(1970, 1, 1, 0, 0, 0,
            DateTimeKind.Utc).Ticks) / TimeSpan.TicksPerSecond)
            - (early ? Cycle : 0);
        int zone = (zoneHour * 3600) + (zoneMinute * 60);
        whole -= form.Groups[14].Value == "-" ? -zone : zone;
        string fraction = form.Groups[12].Value;
        fraction = fraction.Length > Places ? fraction.Substring(0, Places) : fraction;
        _ = ExactNumber.TryParse("0." + fraction, out ExactNumber behind);
        seconds = new ExactNumber(whole, 0).Plus(behind);
        return true;

        int Part(int group, int missing) => form.Groups[group] is { Success: true } found
            ? int.Parse(found.Value, NumberStyles.None, CultureInfo.InvariantCulture) : missing;
    }

    /// <summary>A spelling that is read as the moment; null when there is none, as for fractions of a second in a year of five digits.</summary>
    public static string? Render(ExactNumber seconds)
    {
        ExactNumber whole = seconds.Floor(0);
        string plain = whole.ToString();
        if (plain.Length > 18)
        {
            return null;
        }

        long at = long.Parse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (seconds.IsWhole && at is < YearOne or >= YearTenThousand)
        {
            return IsEpoch(plain) ? plain : null;
        }

        // The first and the last day reach beyond the years of four digits by their zone; the year 0 is written like the year 400.
        string zone = at < YearZero ? "+23:59" : at >= YearTenThousand ? "-23:59" : "Z";
        at += at < YearZero ? FurthestZone : at >= YearTenThousand ? -FurthestZone : 0;
        bool early = at < YearOne;
        if (at is < YearZero or >= YearTenThousand)
        {
            return null;
        }

        DateTime moment = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks((at + (early ? Cycle : 0)) * TimeSpan.TicksPerSecond);
        string text = moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return (early ? "0000" + text.Substring(4) : text) + seconds.Minus(whole).ToString().Substring(1) + zone;
    }

    private static bool IsEpoch(string text)
    {
        int digits = text.Length > 0 && text[0] == '-' ? 1 : 0;
        bool any = digits < text.Length && text.Length - digits <= 17;
        for (; digits < text.Length; digits++)
        {
            any &= text[digits] is >= '0' and <= '9';
        }

        return any;
    }
}
