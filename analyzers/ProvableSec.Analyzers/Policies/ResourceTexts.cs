using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Policies;

/// <summary>The values of a file of string resources (<c>.resx</c>), each character with its place in the file.</summary>
internal static class ResourceTexts
{
    private const string Open = "<value>", Close = "</value>", Data = "<![CDATA[", DataEnd = "]]>";
    private const int LongestEntity = 10;

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Are(string path) => path.EndsWith(".resx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values that may be JSON objects.</summary>
    public static IEnumerable<MappedText> In(string file)
    {
        for (int open = file.IndexOf(Open, StringComparison.Ordinal); open >= 0;)
        {
            int start = open + Open.Length, end = file.IndexOf(Close, start, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            MappedText text = Decoded(file, start, end);
            if (text.Text.AsSpan().TrimStart() is ['{', ..])
            {
                yield return text;
            }

            open = file.IndexOf(Open, end, StringComparison.Ordinal);
        }
    }

    private static MappedText Decoded(string file, int start, int end)
    {
        var builder = new MappedTextBuilder();
        for (int at = start; at < end;)
        {
            if (string.CompareOrdinal(file, at, Data, 0, Data.Length) == 0 && file.IndexOf(DataEnd, at, end - at, StringComparison.Ordinal) is > 0
                and var close)
            {
                builder.Copy(file, TextRange.FromBounds(at + Data.Length, close));
                at = close + DataEnd.Length;
                continue;
            }

            int stop = file.IndexOfAny(['&', '<'], at, end - at);
            if (stop != at)
            {
                builder.Copy(file, TextRange.FromBounds(at, stop < 0 ? end : stop));
                at = stop < 0 ? end : stop;
                continue;
            }

            int semicolon = file[at] == '&' ? file.IndexOf(';', at, Math.Min(LongestEntity, end - at)) : -1;
            int length = semicolon < 0 ? 1 : semicolon + 1 - at;
            builder.Add(semicolon < 0 ? file[at].ToString() : Character(file.Substring(at + 1, length - 2)), new TextRange(at, length));
            at += length;
        }

        return builder.Build();
    }

    private static string Character(string entity) => entity switch
    {
        "quot" => "\"",
        "apos" => "'",
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        ['#', 'x', .. var digits] when int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && code is > 0 and < 0xD800 => ((char)code).ToString(),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code is > 0 and < 0xD800 =>
            ((char)code).ToString(),
        _ => "&" + entity + ";",
    };
}
