using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ProvableSec.Analytics.Loading;

/// <summary>Values of JSON as text that is UTF-8 whatever the record holds: what is not becomes U+FFFD. Not thread-safe.</summary>
internal sealed class ValueText
{
    private static readonly byte[] Replaced = "\uFFFD"u8.ToArray();

    private byte[] scratch = new byte[4096];

    /// <summary>A value as text: a string without its escapes, a number or a truth value as written; nothing for null. An object or array is read over, and as
    /// written.</summary>
    /// <param name="reader">At the value; behind it afterwards.</param>
    /// <param name="record">What the reader reads.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Of(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped ? Unescaped(ref reader) : Valid(reader.ValueSpan);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return reader.ValueSpan;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                return Valid(record[start..(int)reader.BytesConsumed]);
            default:
                return default;
        }
    }

    /// <summary>A whole number, also one in a string.</summary>
    public static bool TryInteger(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> text = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : default;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    /// <summary>A number, also one in a string.</summary>
    public static bool TryNumber(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        ReadOnlySpan<byte> text = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : default;
        return System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length && double.IsFinite(value);
    }

    /// <summary>A moment in ISO 8601, or in seconds or milliseconds since 1970.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="microseconds">Receives it, since 1970.</param>
    public static bool TryTime(ref Utf8JsonReader reader, out long microseconds)
    {
        microseconds = 0;
        if (reader.TokenType == JsonTokenType.Number && TryNumber(ref reader, out double number))
        {
            return TryEpoch(number, out microseconds);
        }

        if (reader.TokenType == JsonTokenType.String && TryCommonTime(reader.ValueSpan, out microseconds))
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
    private static bool TryCommonTime(ReadOnlySpan<byte> text, out long microseconds)
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

    private ReadOnlySpan<byte> Unescaped(scoped ref Utf8JsonReader reader)
    {
        if (scratch.Length < reader.ValueSpan.Length)
        {
            scratch = new byte[reader.ValueSpan.Length * 2];
        }

        try
        {
            return Valid(scratch.AsSpan(0, reader.CopyString(scratch)));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: as it is written.
            return Valid(reader.ValueSpan);
        }
    }

    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text) && !text.Contains((byte)0))
        {
            return text;
        }

        var valid = new ArrayBufferWriter<byte>(text.Length * 3);
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune _, out int length);
            valid.Write(status == OperationStatus.Done && text[0] != 0 ? text[..length] : Replaced);
            text = text[length..];
        }

        return valid.WrittenSpan;
    }
}
