using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvableSec.Analytics.Queries;

/// <summary>
/// A query that is written once for both dialects. What differs stands in braces: <c>{unnest list AS r (a, b)}</c> makes a row of each object in a list; other names
/// in braces are parameters.
/// </summary>
/// <param name="Template">The text with its braces.</param>
internal sealed partial record QueryText(string Template)
{
    /// <summary>Writes it down.</summary>
    /// <param name="dialect">For whom.</param>
    /// <param name="parameters">The values of its parameters, as they stand in SQL.</param>
    public string For(SqlDialect dialect, QueryParameters parameters)
    {
        string text = Unnest().Replace(Template, match => dialect == SqlDialect.DuckDb
            ? $"UNNEST({match.Groups["list"].Value}) AS {match.Groups["name"].Value}_({match.Groups["name"].Value})"
            : $"UNNEST({match.Groups["list"].Value}) AS {match.Groups["name"].Value} {match.Groups["fields"].Value}");
        return text
            .Replace("{bucket}", parameters.Bucket, StringComparison.Ordinal)
            .Replace("{limit}", parameters.Limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{client}", parameters.Client, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{unnest (?<list>[\w.]+) AS (?<name>\w+) (?<fields>\([\w, ]+\))\}")]
    private static partial Regex Unnest();
}
