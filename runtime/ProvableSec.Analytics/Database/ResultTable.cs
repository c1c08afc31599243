using System.Data.Common;

namespace ProvableSec.Analytics.Database;

/// <summary>The answer to a query.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">Its rows; null where a value is absent.</param>
internal sealed record ResultTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Reads an answer to its end.</summary>
    public static ResultTable Read(DbDataReader reader)
    {
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        var rows = new List<IReadOnlyList<object?>>();
        while (reader.Read())
        {
            object?[] row = new object?[columns.Length];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return new ResultTable(columns, rows);
    }
}
