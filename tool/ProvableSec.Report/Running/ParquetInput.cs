using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Queries;
using ProvableSec.Analytics.Tables;

namespace ProvableSec.Report.Running;

/// <summary>Tables that an earlier run has written as Parquet, which need not be read anew.</summary>
internal sealed class ParquetInput(AnalysisDatabase database, LogTable table)
{
    private static ReadOnlySpan<byte> Mark => "PAR1"u8;

    /// <summary>Whether a file is one, by its first bytes.</summary>
    public static bool IsParquet(string path)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
            Span<byte> head = stackalloc byte[Mark.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Why a file cannot be asked; null when it can.</summary>
    public string? Problem(string path)
    {
        try
        {
            var columns = database.Query($"DESCRIBE SELECT * FROM read_parquet({QueryParameters.Quote(path)})").Rows.ToDictionary(row => (string)row[0]!,
                row => (string)row[1]!, StringComparer.Ordinal);
            foreach (TableColumn column in table.Columns)
            {
                if (!columns.TryGetValue(column.Name, out string? type))
                {
                    return $"is a Parquet file, but not one of report --export: it has no column {column.Name}";
                }

                if (type.Replace("\"", "", StringComparison.Ordinal) != column.SqlType.Replace("\"", "", StringComparison.Ordinal))
                {
                    return $"is a Parquet file, but not one of report --export: its column {column.Name} is {type}, not {column.SqlType}";
                }
            }

            return null;
        }
        catch (DuckDBException e)
        {
            return "cannot be read: " + ReportRun.FirstLine(e.Message);
        }
    }

    /// <summary>Makes the table a view of files.</summary>
    /// <returns>How many rows it has.</returns>
    public long CreateView(IReadOnlyList<string> paths)
    {
        database.Execute($"CREATE VIEW {table.Name} AS SELECT {Columns} FROM {Files(paths)}");
        return (long)database.Query($"SELECT count(*) FROM {table.Name}").Rows[0][0]!;
    }

    /// <summary>Adds the rows of files to the table.</summary>
    /// <returns>How many.</returns>
    public long Insert(IReadOnlyList<string> paths)
    {
        database.Execute($"INSERT INTO {table.Name} SELECT {Columns} FROM {Files(paths)}");
        return (long)database.Query($"SELECT count(*) FROM {Files(paths)}").Rows[0][0]!;
    }

    private string Columns => string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));

    private static string Files(IEnumerable<string> paths) => $"read_parquet([{string.Join(", ", paths.Select(QueryParameters.Quote))}], union_by_name = true)";
}
