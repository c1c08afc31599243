namespace ProvableSec.Analytics.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Fields">The members of its objects, for <see cref="ColumnType.ObjectList"/>.</param>
internal sealed record TableColumn(string Name, ColumnType Type, params IReadOnlyList<string> Fields)
{
    /// <summary>The type in SQL of DuckDB.</summary>
    public string SqlType => Type switch
    {
        ColumnType.Text => "VARCHAR",
        ColumnType.Integer => "BIGINT",
        ColumnType.Number => "DOUBLE",
        ColumnType.Time => "TIMESTAMP",
        ColumnType.Flag => "BOOLEAN",
        ColumnType.TextList => "VARCHAR[]",
        _ => $"STRUCT({string.Join(", ", Fields.Select(name => $"\"{name}\" VARCHAR"))})[]",
    };
}
