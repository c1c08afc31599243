using ProvableSec.Analytics.Tables;

namespace ProvableSec.Analytics.Findings;

/// <summary>The table of findings of all sources.</summary>
internal static class MergedTable
{
    /// <summary>The schema. <c>finding_key</c> is the same wherever one finding comes from; <c>reach</c> is what was proved of the resource.</summary>
    public static LogTable Table { get; } = new(
        "findings_log",
        [
            new("finding_key", ColumnType.Text),
            new("source", ColumnType.Text),
            new("vendor", ColumnType.Text),
            new("id", ColumnType.Text),
            new("type", ColumnType.Text),
            new("title", ColumnType.Text),
            new("severity", ColumnType.Text),
            new("account", ColumnType.Text),
            new("region", ColumnType.Text),
            new("resource_type", ColumnType.Text),
            new("resource", ColumnType.Text),
            new("resource_name", ColumnType.Text),
            new("place", ColumnType.Text),
            new("time", ColumnType.Time),
            new("closed", ColumnType.Flag),
            new("reach", ColumnType.Text),
            new("proof", ColumnType.Text),
            new("phase", ColumnType.Text),
        ]);
}
