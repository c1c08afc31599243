using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvableSec.Analytics.Database;

namespace ProvableSec.Analytics.Tests.Queries;

/// <summary>
/// Runs what is written for Athena in DuckDB: a table of Hive over a file, whose members are found whatever the case of their letters, and views of Trino,
/// whose
/// functions have other names here.
/// </summary>
internal static partial class TrinoInDuckDb
{
    private static readonly string[] Macros =
    [
        "CREATE MACRO from_iso8601_timestamp(t) AS TRY_CAST(t AS TIMESTAMPTZ)",
        "CREATE MACRO member(c, k) AS c[k]",
        "CREATE MACRO ip_prefix(a, n) AS CASE WHEN n = 24 THEN regexp_replace(a, '[.][0-9]+$', '.0') || '/24' END",
        "CREATE MACRO regexp_like(t, p) AS regexp_matches(t, p)",
    ];

    /// <summary>Prepares a database.</summary>
    public static void Prepare(AnalysisDatabase database) => Array.ForEach(Macros, database.Execute);

    /// <summary>Makes the table of a statement of Hive over lines of JSON.</summary>
    /// <returns>The types of its columns.</returns>
    public static IReadOnlyDictionary<string, string> CreateTable(AnalysisDatabase database, string hive, string path)
    {
        File.WriteAllLines(path + ".lower", File.ReadLines(path).Select(line => Lowered(JsonNode.Parse(line)!).ToJsonString()));
        string columns = hive[(hive.IndexOf('(', StringComparison.Ordinal) + 1)..hive.IndexOf("\n)", StringComparison.Ordinal)];
        var types = Column().Matches(columns).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        string name = TableName().Match(hive).Groups[1].Value;
        database.Execute(
            $"CREATE TABLE {name} AS SELECT * FROM read_json('{path}.lower', format = 'newline_delimited', columns = {{{string.Join(", ", types.Select(type => $"'{type.Key}': '{TypeOf(type.Value)}'"))}}})");
        foreach (Match column in Partition().Matches(hive[hive.IndexOf("\n)", StringComparison.Ordinal)..]).SelectMany(clause => Name().Matches(clause.Value)))
        {
            database.Execute($"ALTER TABLE {name} ADD COLUMN {column.Groups[1].Value} VARCHAR");
        }

        return types;
    }

    /// <summary>A statement of Trino in DuckDB's words.</summary>
    public static string Translated(string trino)
    {
        string text = Unnest().Replace(trino, match => match.Groups[3].Value.Contains(',')
            ? $"CROSS JOIN LATERAL (SELECT UNNEST(e) FROM (SELECT UNNEST({match.Groups[1].Value}) AS e) AS q) AS {match.Groups[2].Value}"
            : $"CROSS JOIN LATERAL (SELECT UNNEST({match.Groups[1].Value}) AS {match.Groups[3].Value}) AS {match.Groups[2].Value}");
        text = Lambda().Replace(text, "lambda $1: ")
            .Replace("element_at(", "member(", StringComparison.Ordinal).Replace("transform(", "list_transform(", StringComparison.Ordinal)
                .Replace(" filter(", " list_filter(", StringComparison.Ordinal)
            .Replace("(filter(", "(list_filter(", StringComparison.Ordinal).Replace("from_unixtime(", "to_timestamp(", StringComparison.Ordinal)
            .Replace("timestamp(3)", "TIMESTAMP", StringComparison.Ordinal).Replace("AS ipaddress", "AS varchar", StringComparison.Ordinal);
        const string Row = "CAST(ROW(";
        for (int at; (at = text.LastIndexOf(Row, StringComparison.Ordinal)) >= 0;)
        {
            int values = at + Row.Length, valuesEnd = Closing(text, values), names = text.IndexOf("ROW(", valuesEnd, StringComparison.Ordinal)
                + 4, namesEnd = Closing(text, names);
            IEnumerable<string> members = Split(text[values..valuesEnd])
                .Zip(Split(text[names..namesEnd]), (value, name) => $"'{name.Trim().Split(' ')[0]}': CAST({value} AS VARCHAR)");
            text = $"{text[..at]}{{{string.Join(", ", members)}}}{text[(Closing(text, namesEnd + 1) + 1)..]}";
        }

        return text;
    }

    /// <summary>The members of a struct of Hive.</summary>
    public static IEnumerable<string> MembersOf(string type) => Split(type["struct<".Length..^1]).Select(member => member.Split(':')[0].Trim());

    private static string TypeOf(string hive)
    {
        if (hive.StartsWith("array<", StringComparison.Ordinal))
        {
            return TypeOf(hive["array<".Length..^1]) + "[]";
        }

        return hive.StartsWith("struct<", StringComparison.Ordinal)
            ? $"STRUCT({string.Join(", ", Split(hive["struct<".Length..^1]).Select(member => $"\"{member.Split(':', 2)[0].Trim()}\" {TypeOf(member.Split(':', 2)[1].Trim())}"))})"
            : hive switch { "string" => "VARCHAR", "map<string,string>" => "MAP(VARCHAR, VARCHAR)", "int" => "INTEGER", _ => hive.ToUpperInvariant() };
    }

    /// <summary>The parts between commas that are in no brackets.</summary>
    private static IEnumerable<string> Split(string list)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] is '<' or '(' ? 1 : list[i] is '>' or ')' ? -1 : 0;
            if (list[i] == ',' && depth == 0)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }

        yield return list[start..];
    }

    private static int Closing(string text, int at)
    {
        for (int depth = 1; ; at++)
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }
    }

    private static JsonNode Lowered(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key.ToLowerInvariant(), member.Value is null ? null
            : Lowered(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => element is null ? null : Lowered(element))]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex("^  `([a-z0-9_]+)` (.+?),?$", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex("TABLE `([a-z_]+)`")]
    private static partial Regex TableName();

    [GeneratedRegex(@"PARTITIONED BY \((.+)\)")]
    private static partial Regex Partition();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"CROSS JOIN UNNEST\(([\w.]+)\) AS (\w+) \(([^)]*)\)")]
    private static partial Regex Unnest();

    [GeneratedRegex(@"\b(\w) -> ")]
    private static partial Regex Lambda();
}
