using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary>Takes the times out of reports, which are others each run.</summary>
internal static partial class Timings
{
    public static string Removed(string report) => Time().Replace(report, "<time>");

    [GeneratedRegex(@" *\d+(\.\d+)? (µs|ms|s)\b")]
    private static partial Regex Time();
}
