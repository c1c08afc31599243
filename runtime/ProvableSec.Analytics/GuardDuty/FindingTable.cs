using ProvableSec.Analytics.Tables;

namespace ProvableSec.Analytics.GuardDuty;

/// <summary>
/// The table of GuardDuty's findings: a row for each update of a finding that was met, as an event of EventBridge, an answer of GetFindings or an object of an
/// export
/// (Amazon GuardDuty User Guide, "Finding format"; "Processing GuardDuty findings with Amazon EventBridge").
/// </summary>
internal static class FindingTable
{
    /// <summary>The schema.</summary>
    public static LogTable Table { get; } = new(
        "guardduty_log",
        [
            new("id", ColumnType.Text),
            new("type", ColumnType.Text),
            new("severity", ColumnType.Number),
            new("account", ColumnType.Text),
            new("region", ColumnType.Text),
            new("time", ColumnType.Time),
            new("created", ColumnType.Time),
            new("updated", ColumnType.Time),
            new("first_seen", ColumnType.Time),
            new("last_seen", ColumnType.Time),
            new("count", ColumnType.Integer),
            new("archived", ColumnType.Flag),
            new("title", ColumnType.Text),
            new("description", ColumnType.Text),
            new("arn", ColumnType.Text),
            new("resource_type", ColumnType.Text),
            new("resource", ColumnType.Text),
            new("instance_id", ColumnType.Text),
            new("instance_type", ColumnType.Text),
            new("resource_role", ColumnType.Text),
            new("action_type", ColumnType.Text),
            new("api", ColumnType.Text),
            new("remote_ip", ColumnType.Text),
            new("remote_country", ColumnType.Text),
            new("remote_city", ColumnType.Text),
            new("remote_organization", ColumnType.Text),
            new("domain", ColumnType.Text),
            new("port_probes", ColumnType.ObjectList, "local_port", "local_port_name", "ip", "country", "city", "longitude", "latitude"),
        ]);
}
