using System.Globalization;

namespace ProvableSec.Tool.Rendering;

/// <summary>A time with the unit that suits it.</summary>
internal static class DurationText
{
    public static string Of(long micros) => micros switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{micros} µs"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{micros / 1e3:F1} ms"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{micros / 1e3:F0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{micros / 1e6:F1} s"),
    };
}
