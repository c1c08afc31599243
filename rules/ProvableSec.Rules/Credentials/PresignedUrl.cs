using System.Globalization;
using System.Text;

namespace ProvableSec.Rules.Credentials;

/// <summary>A URL with <c>X-Amz-Signature</c> (Signature Version 4 in the query string) or <c>AWSAccessKeyId</c>, <c>Expires</c> and <c>Signature</c> (Version
/// 2).</summary>
internal sealed class PresignedUrl
{
    private PresignedUrl(int start, int end, DateTimeOffset? expires)
    {
        Start = start;
        End = end;
        Expires = expires;
    }

    public int Start { get; }

    public int End { get; }

    /// <summary>When it ends to work; null when the URL does not say.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>The URL around a signature or a key, if there is one.</summary>
    public static PresignedUrl? Around(SearchedText searched, int at)
    {
        ReadOnlySpan<byte> text = searched.Bytes;
        (int start, int end) = Surroundings.LiteralAround(text, at);
        int space = text.Slice(at, end - at).IndexOfAny((byte)' ', (byte)'\t');
        end = space < 0 ? end : at + space;
        int before = text.Slice(start, at - start).LastIndexOfAny((byte)' ', (byte)'\t');
        start = before < 0 ? start : start + before + 1;
        // "x = https://…" without quotes begins with the scheme.
        int scheme = text.Slice(start, end - start).IndexOf("://"u8);
        if (scheme < 0)
        {
            return null;
        }

        start += scheme;
        while (start > 0 && TokenCharacters.ClassOf(text[start - 1]) is 1 or 2)
        {
            start--;
        }

        string url = Encoding.UTF8.GetString(text.Slice(start, end - start).ToArray());
        if (Parameter(url, "X-Amz-Signature") is not null)
        {
            return new PresignedUrl(searched.Place(start), searched.Place(end), SigV4Expiry(url));
        }

        return Parameter(url, "Signature") is not null && Parameter(url, "AWSAccessKeyId") is not null
            ? new PresignedUrl(searched.Place(start), searched.Place(end), SigV2Expiry(url))
            : null;
    }

    private static DateTimeOffset? SigV4Expiry(string url) =>
        Parameter(url, "X-Amz-Date") is { } date
        && DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset signed)
        && int.TryParse(Parameter(url, "X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        && signed.Year < 9000
            ? signed.AddSeconds(seconds)
            : null;

    private static DateTimeOffset? SigV2Expiry(string url)
    {
        const long YearTenThousand = 253_402_300_800;
        return long.TryParse(Parameter(url, "Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < YearTenThousand
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    private static string? Parameter(string url, string name)
    {
        for (int i = url.IndexOf(name, StringComparison.OrdinalIgnoreCase); i > 0; i = url.IndexOf(name, i + 1, StringComparison.OrdinalIgnoreCase))
        {
            // "&amp;" and "\u0026" are how HTML and JSON write the separator.
            int equals = i + name.Length;
            if (equals < url.Length && url[equals] == '=' && (url[i - 1] is '?' or '&' or ';' or '6'))
            {
                int end = url.IndexOfAny(['&', '\\'], equals);
                return url.Substring(equals + 1, (end < 0 ? url.Length : end) - equals - 1);
            }
        }

        return null;
    }
}
