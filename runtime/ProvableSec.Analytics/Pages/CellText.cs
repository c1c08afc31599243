using System.Globalization;
using System.Numerics;

namespace ProvableSec.Analytics.Pages;

/// <summary>Values of answers as people read them, and as programs do.</summary>
internal static class CellText
{
    /// <summary>Whether a value is a number.</summary>
    public static bool IsNumber(object? value) => value is long or int or short or byte or uint or ulong or ushort or sbyte or BigInteger or double or float
        or decimal;

    /// <summary>As a program reads it.</summary>
    public static string Raw(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss'Z'" : "yyyy-MM-ddTHH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IDictionary members => "{" + string.Join(", ", members.Keys.Cast<object>().Select(key => $"{key}: {Raw(members[key])}")) + "}",
        System.Collections.IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Raw)) + "]",
        _ => value.ToString() ?? "",
    };

    /// <summary>As a person reads it.</summary>
    public static string Shown(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        IFormattable number when IsNumber(value) => number.ToString("#,0", CultureInfo.InvariantCulture),
        _ => Raw(value),
    };

    /// <summary>Whether the numbers of a column are names, and not how many there are of something.</summary>
    public static bool IsName(string column) => column is "localport" or "response_code" or "client_asn" or "longitude" or "latitude" or "captcha_code"
        or "challenge_code";

    /// <summary>The name of a column as a person reads it.</summary>
    public static string Heading(string column)
    {
        string words = column.Replace('_', ' ');
        return words switch
        {
            "client ip" => "Client IP",
            "provablesec" => words,
            "guardduty" => "GuardDuty",
            "aws waf" => "AWS WAF",
            "localport" => "Local port",
            "localportname" => "Local port name",
            "uri" or "ja3" or "ja4" or "id" => words.ToUpperInvariant(),
            "example uri" => "Example URI",
            "web acl" => "Web ACL",
            _ => char.ToUpperInvariant(words[0]) + words[1..],
        };
    }
}
