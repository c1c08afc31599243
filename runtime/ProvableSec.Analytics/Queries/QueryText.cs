using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvableSec.Analytics.Queries;

/// <summary>
/// A query that is written once for both dialects. What differs stands in braces: <c>{table AS t each list AS r (a, b)}</c> is a row of the table and an object
/// of its list,
/// for each of them; with one name in parentheses the list is one of values. <c>{stored view}</c> is a view that many questions ask, which DuckDB keeps as a
/// table. Other names
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
        string text = Each().Replace(Template, match =>
        {
            (string table, string alias, string list, string name, string fields) =
                (match.Groups["table"].Value, match.Groups["alias"].Value, match.Groups["list"].Value, match.Groups["name"].Value,
                    match.Groups["fields"].Value);
            if (dialect == SqlDialect.Trino)
            {
                return $"{table} AS {alias}\nCROSS JOIN UNNEST({alias}.{list}) AS {name} ({fields})";
            }

            // In a join DuckDB pushes conditions below the list, and then joins what it has thus torn apart, which takes fifty times as long.
            string element = fields.Contains(',', StringComparison.Ordinal) ? $"UNNEST({list})" : $"struct_pack({fields} := UNNEST({list}))";
            return $"(SELECT *, {element} AS {name} FROM {table}) AS {alias}";
        });
        return text
            .Replace("CREATE {stored view}", dialect == SqlDialect.DuckDb && parameters.StoresViews ? "CREATE OR REPLACE TABLE" : "CREATE OR REPLACE VIEW",
                StringComparison.Ordinal)
            .Replace("CREATE VIEW", "CREATE OR REPLACE VIEW", StringComparison.Ordinal)
            .Replace("{bucket}", parameters.Bucket, StringComparison.Ordinal)
            .Replace("{limit}", parameters.Limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{client}", parameters.Client, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{(?<table>\w+) AS (?<alias>\w+) each (?<list>\w+) AS (?<name>\w+) \((?<fields>[\w, ]+)\)\}")]
    private static partial Regex Each();
}
