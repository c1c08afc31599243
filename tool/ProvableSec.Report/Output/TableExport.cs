using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Queries;

namespace ProvableSec.Report.Output;

/// <summary>Writes the table of records as a file.</summary>
internal sealed class TableExport(AnalysisDatabase database, ReportKind kind)
{
    /// <summary>Writes it; a file is there as a whole or not at all.</summary>
    /// <param name="format">parquet, csv or json.</param>
    /// <param name="path">Where.</param>
    /// <returns>Why it is not written; null when it is.</returns>
    public string? Write(string format, string path)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        if (Directory.Exists(full))
        {
            return $"{path} is a folder; expected the name of a file";
        }

        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        string options = format switch
        {
            "parquet" => "FORMAT parquet, COMPRESSION zstd",
            "csv" => "FORMAT csv, HEADER",
            _ => "FORMAT json",
        };
        try
        {
            Directory.CreateDirectory(folder);
            database.Execute($"COPY (SELECT * FROM {kind.View}) TO {QueryParameters.Quote(temporary)} ({options})");
            File.Move(temporary, full, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckDBException)
        {
            return $"{path} cannot be written: {e.Message.Split('\n')[0]}";
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
