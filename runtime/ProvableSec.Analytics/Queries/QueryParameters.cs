namespace ProvableSec.Analytics.Queries;

/// <summary>What a query leaves open.</summary>
/// <param name="Bucket">What times are cut to: minute, hour or day.</param>
/// <param name="Limit">How many rows a list has at most.</param>
/// <param name="Client">The client whose requests are listed, as an expression of SQL.</param>
internal sealed record QueryParameters(string Bucket, int Limit, string Client)
{
    /// <summary>The client with the most requests that did not end in ALLOW.</summary>
    public const string WorstClient =
        "(SELECT client_ip FROM waf GROUP BY client_ip ORDER BY sum(CASE WHEN action <> 'ALLOW' THEN weight ELSE 0 END) DESC, sum(weight) DESC, client_ip "
            + "LIMIT 1)";

    /// <summary>Whether DuckDB keeps what many questions ask as tables; one question is answered sooner without.</summary>
    public bool StoresViews { get; init; } = true;

    /// <summary>For what has none.</summary>
    public static QueryParameters None { get; } = new("hour", 1, "''");

    /// <summary>A text as an expression of SQL.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>What times are cut to so that a chart of them can be read.</summary>
    public static string BucketOf(TimeSpan span) => span < TimeSpan.FromHours(3) ? "minute" : span < TimeSpan.FromDays(8) ? "hour" : "day";
}
