namespace ProvableSec.Analytics.Tables;

/// <summary>A table with its schema, which is never inferred.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record LogTable(string Name, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>The statement that makes it.</summary>
    public string CreateStatement => $"CREATE TABLE {Name} ({string.Join(", ", Columns.Select(column => $"\"{column.Name}\" {column.SqlType}"))})";

    /// <summary>Where a column stands.</summary>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column)
            {
                return i;
            }
        }

        throw new ArgumentException($"no column {column}", nameof(column));
    }
}
