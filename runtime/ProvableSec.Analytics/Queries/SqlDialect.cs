namespace ProvableSec.Analytics.Queries;

/// <summary>Whom a query is written for.</summary>
internal enum SqlDialect
{
    /// <summary>DuckDB, which is embedded.</summary>
    DuckDb,

    /// <summary>Trino, which is what Athena runs.</summary>
    Trino,
}
