using DuckDB.NET.Data;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Queries;
using ProvableSec.Tool.Files;

namespace ProvableSec.Report.Output;

/// <summary>Writes the table of records as a file.</summary>
internal sealed class TableExport(AnalysisDatabase database, ReportKind kind)
{
    private const string Parquet = "FORMAT parquet, COMPRESSION zstd", Ocsf = "ocsf", OcsfParquet = "ocsf-parquet";

    /// <summary>What can be written: the table as it is, or its records as events of OCSF, a line each or as Parquet.</summary>
    public static string[] Formats { get; } = ["parquet", "csv", "json", Ocsf, OcsfParquet];

    /// <summary>Writes it; a file is there as a whole or not at all.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="path">Where.</param>
    /// <returns>Why it is not written; null when it is.</returns>
    public string? Write(string format, string path)
    {
        if (Directory.Exists(path))
        {
            return $"{path} is a folder; expected the name of a file";
        }

        try
        {
            if (format == Ocsf)
            {
                WriteOcsf(path);
            }
            else
            {
                Copy(format, Path.GetFullPath(path));
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckDBException)
        {
            return $"{path} cannot be written: {e.Message.Split('\n')[0]}";
        }
    }

    /// <summary>How many records tell no time, which events of OCSF need.</summary>
    public long WithoutTime() => (long)database.Query($"SELECT count(*) FROM {kind.View} WHERE {kind.TimeColumn} IS NULL").Rows[0][0]!;

    private string Events => OcsfQuery.Of(kind.Name, DateTime.UtcNow);

    private void WriteOcsf(string path)
    {
        using var file = new OutputFile(path);
        using (var buffer = new BufferedStream(file.Stream, 1 << 20))
        {
            var lines = new OcsfLines(buffer);
            foreach (string json in database.Texts($"SELECT to_json(e)::VARCHAR FROM (\n{Events}\n) AS e"))
            {
                lines.Write(json);
            }

            buffer.Flush();
            file.Commit();
        }
    }

    private void Copy(string format, string full)
    {
        string folder = Path.GetDirectoryName(full)!, temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        (string query, string options) = format switch
        {
            "parquet" => ($"SELECT * FROM {kind.View}", Parquet),
            "csv" => ($"SELECT * FROM {kind.View}", "FORMAT csv, HEADER"),
            OcsfParquet => (Events, Parquet),
            _ => ($"SELECT * FROM {kind.View}", "FORMAT json"),
        };
        try
        {
            Directory.CreateDirectory(folder);
            database.Execute($"COPY (\n{query}\n) TO {QueryParameters.Quote(temporary)} ({options})");
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
