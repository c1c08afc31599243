namespace ProvableSec.Analytics.Tables;

/// <summary>What a column of a table holds. Everything may be absent but lists, which are empty.</summary>
internal enum ColumnType
{
    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A moment, UTC.</summary>
    Time,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Texts.</summary>
    TextList,

    /// <summary>Objects whose members are texts, empty where one is absent.</summary>
    ObjectList,
}
