using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProvableSec.Logs.Records;

/// <summary>Moments in JSON, however they are written.</summary>
internal static class JsonTime
{
    /// <summary>A moment in ISO 8601, or in seconds or milliseconds since 1970.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="microseconds">Receives it, since 1970.</param>
    public static bool TryRead(ref Utf8JsonReader reader, out long microseconds)
    {
        microseconds = 0;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number))
        {
            return TryEpoch(number, out microseconds);
        }

        if (reader.TokenType == JsonTokenType.String && TryCommon(reader.ValueSpan, out microseconds))
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > 40
            || !DateTimeOffset.TryParse(Encoding.UTF8.GetString(reader.ValueSpan), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out DateTimeOffset time))
        {
            return false;
        }

        microseconds = (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return true;
    }

    /// <summary>A moment as AWS writes it, 2026-01-31T12:00:00Z or with fractions: six of them are in every finding.</summary>
    private static bool TryCommon(ReadOnlySpan<byte> text, out long microseconds)
    {
        const int Seconds = 19, MostFraction = 6;
        microseconds = 0;
        if (text.Length is < Seconds + 1 or > Seconds + MostFraction + 2 || text[^1] != 'Z'
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || (text.Length > Seconds + 1 && text[Seconds] != '.'))
        {
            return false;
        }

        (int year, int month, int day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..10]));
        (int hour, int minute, int second) = (Number(text[11..13]), Number(text[14..16]), Number(text[17..19]));
        ReadOnlySpan<byte> fraction = text.Length > Seconds + 1 ? text[(Seconds + 1)..^1] : default;
        int part = Number(fraction);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59
            || second is < 0 or > 59 || part < 0)
        {
            return false;
        }

        for (int digits = fraction.Length; digits < MostFraction; digits++)
        {
            part *= 10;
        }

        microseconds = ((new DateTime(year, month, day, hour, minute, second).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) + part;
        return true;
    }

    /// <summary>A number of digits only; -1 when something else is among them.</summary>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    /// <summary>A moment in seconds or milliseconds since 1970: the latter are beyond any of the former that a log could hold.</summary>
    public static bool TryEpoch(double number, out long microseconds)
    {
        const double MostSeconds = 1e11, MostMilliseconds = 1e14;
        microseconds = (long)(number < MostSeconds ? number * 1e6 : number * 1e3);
        return number is >= 0 and < MostMilliseconds;
    }
}
