using DuckDB.NET.Data;

namespace ProvableSec.Analytics.Database;

/// <summary>
/// A database in memory that goes with the run. It fetches nothing from the network: extensions that DuckDB would download and load by itself stay where they
/// are.
/// </summary>
internal sealed class AnalysisDatabase : IDisposable
{
    /// <summary>What keeps DuckDB from downloading code.</summary>
    private static readonly string[] Settings =
    [
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET allow_community_extensions = false",
        "SET TimeZone = 'UTC'",
    ];

    private readonly DuckDBConnection root;
    private readonly string temporary;

    /// <summary>Opens an empty one.</summary>
    /// <param name="threads">How many threads a query may use.</param>
    /// <param name="memoryMegabytes">Beyond this, data go to files in a temporary folder.</param>
    public AnalysisDatabase(int threads, int memoryMegabytes)
    {
        temporary = Directory.CreateTempSubdirectory("provablesec-report-").FullName;
        root = new DuckDBConnection("DataSource=:memory:");
        root.Open();
        foreach (string setting in Settings)
        {
            Execute(setting);
        }

        Execute($"SET threads = {threads}");
        Execute($"SET memory_limit = '{memoryMegabytes}MB'");
        Execute($"SET temp_directory = '{temporary.Replace("'", "''", StringComparison.Ordinal)}'");
        Execute("SET preserve_insertion_order = false");
    }

    /// <summary>Opens another connection to it.</summary>
    public DuckDBConnection Connect()
    {
        DuckDBConnection connection = root.Duplicate();
        connection.Open();
        return connection;
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    /// <exception cref="DuckDBException">It is wrong, or failed.</exception>
    public void Execute(string sql)
    {
        using DuckDBCommand command = root.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Asks.</summary>
    /// <param name="sql">One statement.</param>
    /// <exception cref="DuckDBException">It is wrong, or failed.</exception>
    public ResultTable Query(string sql)
    {
        using DuckDBCommand command = root.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        return ResultTable.Read(reader);
    }

    /// <summary>Asks for one column of texts, and holds no more of them than one.</summary>
    /// <param name="sql">One statement.</param>
    /// <exception cref="DuckDBException">It is wrong, or failed.</exception>
    public IEnumerable<string> Texts(string sql)
    {
        using DuckDBCommand command = root.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        using DuckDBDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(0);
        }
    }

    public void Dispose()
    {
        root.Dispose();
        Directory.Delete(temporary, recursive: true);
    }
}
