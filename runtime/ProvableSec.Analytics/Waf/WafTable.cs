using ProvableSec.Analytics.Tables;

namespace ProvableSec.Analytics.Waf;

/// <summary>
/// The table of AWS WAF's full logs: a row a request, with the documented fields of WAF v2 and WAF Classic (AWS WAF Developer Guide, "Log fields for protection
/// pack traffic"; WAF Classic, "Logging web ACL traffic information"), and the headers that dashboards ask for as columns of their own.
/// </summary>
internal static class WafTable
{
    /// <summary>The schema.</summary>
    public static LogTable Table { get; } = new(
        "waf_log",
        [
            new("time", ColumnType.Time),
            new("weight", ColumnType.Integer),
            new("action", ColumnType.Text),
            new("terminating_rule", ColumnType.Text),
            new("terminating_rule_type", ColumnType.Text),
            new("web_acl", ColumnType.Text),
            new("source_name", ColumnType.Text),
            new("source_id", ColumnType.Text),
            new("client_ip", ColumnType.Text),
            new("client_network", ColumnType.Text),
            new("client_asn", ColumnType.Integer),
            new("country", ColumnType.Text),
            new("method", ColumnType.Text),
            new("scheme", ColumnType.Text),
            new("uri", ColumnType.Text),
            new("args", ColumnType.Text),
            new("fragment", ColumnType.Text),
            new("http_version", ColumnType.Text),
            new("request_id", ColumnType.Text),
            new("host", ColumnType.Text),
            new("user_agent", ColumnType.Text),
            new("accept", ColumnType.Text),
            new("accept_language", ColumnType.Text),
            new("accept_encoding", ColumnType.Text),
            new("upgrade_insecure_requests", ColumnType.Text),
            new("cookie", ColumnType.Text),
            new("x_imforwards", ColumnType.Text),
            new("referer", ColumnType.Text),
            new("x_forwarded_for", ColumnType.Text),
            new("ja3", ColumnType.Text),
            new("ja4", ColumnType.Text),
            new("response_code", ColumnType.Integer),
            new("body_size", ColumnType.Integer),
            new("body_size_inspected", ColumnType.Integer),
            new("captcha_code", ColumnType.Integer),
            new("captcha_failure", ColumnType.Text),
            new("challenge_code", ColumnType.Integer),
            new("challenge_failure", ColumnType.Text),
            new("labels", ColumnType.TextList),
            new("oversize_fields", ColumnType.TextList),
            new("rules", ColumnType.ObjectList, "place", "rule_group", "rule", "action", "own_action"),
            new("rate_rules", ColumnType.ObjectList, "rule", "limit_key", "limit_value", "max_rate"),
            new("headers", ColumnType.ObjectList, "name", "value"),
            new("inserted_headers", ColumnType.ObjectList, "name", "value"),
        ]);

    /// <summary>Headers that are columns: the name of a header and that of its column.</summary>
    public static IReadOnlyList<(string Header, string Column)> HeaderColumns { get; } =
    [
        ("host", "host"),
        ("user-agent", "user_agent"),
        ("accept", "accept"),
        ("accept-language", "accept_language"),
        ("accept-encoding", "accept_encoding"),
        ("upgrade-insecure-requests", "upgrade_insecure_requests"),
        ("cookie", "cookie"),
        ("x-imforwards", "x_imforwards"),
        ("referer", "referer"),
        ("x-forwarded-for", "x_forwarded_for"),
    ];
}
