using System.Globalization;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Findings;
using ProvableSec.Analytics.GuardDuty;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Queries;
using ProvableSec.Analytics.Tables;
using ProvableSec.Analytics.Waf;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Report;

/// <summary>One kind of records that reports are made of.</summary>
/// <param name="Name">The command.</param>
/// <param name="Says">What it does, in a line.</param>
/// <param name="Title">The title of its page.</param>
/// <param name="What">What its records are called.</param>
/// <param name="Table">Where they go.</param>
/// <param name="View">What queries call the records that are asked about.</param>
/// <param name="TimeColumn">When a record is from.</param>
/// <param name="Reader">Makes a reader.</param>
/// <param name="Questions">What is asked.</param>
/// <param name="Members">Names of which one is in every record.</param>
internal sealed record ReportKind(
    string Name,
    string Says,
    string Title,
    string What,
    LogTable Table,
    string View,
    string TimeColumn,
    Func<IRecordReader> Reader,
    QuestionSet Questions,
    IReadOnlyList<string> Members)
{
    /// <summary>How files of these records are called that are not looked into; null for those of logs.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>Command lines.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What every page of this kind says of itself.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether <c>--partition</c> sorts such records.</summary>
    public bool CanPartition { get; init; }

    /// <summary>Whether inputs without a record are an answer, and no mistake: nothing was found.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The phase of the kill chain of each rule of ours that has one.</summary>
    public static IEnumerable<(string Rule, string Phase)> RulePhases =>
        RuleCatalogue.All.Where(rule => rule.Controls.KillChain is not null).Select(rule => (rule.Id, rule.Controls.KillChain!));

    /// <summary>What can be asked beside <see cref="View"/>.</summary>
    public IEnumerable<string> ViewNames => Questions.ViewNames.Where(name => name != View);

    /// <summary>AWS WAF.</summary>
    public static ReportKind Waf { get; } = new(
        "waf",
        "AWS WAF logs: who was blocked, by what, and what COUNT rules would block",
        "AWS WAF traffic",
        "requests",
        WafTable.Table,
        "waf",
        "time",
        () => new WafRecordReader(),
        QuestionSet.Waf,
        ["webaclId", "terminatingRuleId", "httpRequest", "logEvents"])
    {
        Examples =
        [
            "provablesec report waf logs/ --out report.html",
            "provablesec report waf logs/ --sql \"SELECT host, count(*) FROM waf GROUP BY 1\"",
            "provablesec report waf logs/ --export parquet --to waf.parquet",
            "provablesec report waf logs/ --serve",
        ],
        Notes = ["Values of Cookie and Authorization headers and query strings are not shown: they hold secrets."],
    };

    /// <summary>GuardDuty.</summary>
    public static ReportKind GuardDuty { get; } = new(
        "guardduty",
        "GuardDuty findings: types, severity, resources, port probes on a map",
        "GuardDuty findings",
        "findings",
        FindingTable.Table,
        "guardduty",
        "time",
        () => new FindingReader(),
        QuestionSet.GuardDuty,
        ["schemaVersion", "SchemaVersion", "detail-type", "Findings", "logEvents"])
    {
        CanPartition = true,
        Examples =
        [
            "provablesec report guardduty findings/ --out report.html",
            "aws guardduty get-findings … | provablesec report guardduty -",
            "provablesec report guardduty findings/ --sql \"SELECT * FROM port_probe_geo\"",
            "provablesec report guardduty findings/ --partition sorted/",
        ],
        Notes = ["Which tactic and phase a type of finding stands for is our judgement; types that are not known are shown as they are."],
    };

    /// <summary>Findings of all sources.</summary>
    public static ReportKind Findings { get; } = new(
        "findings",
        "All findings in one list: Security Hub, GuardDuty, check, scan, verify, SARIF",
        "Findings",
        "findings",
        MergedTable.Table,
        "findings",
        "time",
        () => new MergedReader(id => RulePhases.FirstOrDefault(rule => rule.Rule == id).Phase),
        QuestionSet.Findings,
        ["SchemaVersion", "schemaVersion", "Findings", "detail-type", "runs", "rule", "verdict", "logEvents"])
    {
        MayBeEmpty = true,
        Extensions = [".gz", ".zst", ".log", ".json", ".jsonl", ".ndjson", ".txt", ".sarif"],
        Examples =
        [
            "provablesec report findings securityhub.json guardduty/ check.sarif --out report.html",
            "provablesec check dump.json --format asff … > check.json && provablesec report findings check.json hub.json --out report.html",
        ],
        Notes = [
            "A finding ranks first when its reach is proved: the proof is of the finding itself, or of the role, user or bucket that it names. Phases of the "
                + "kill chain are our judgement."],
    };

    /// <summary>Makes the views that queries ask.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="from">From when on; null from the beginning.</param>
    /// <param name="until">Until when; null to the end.</param>
    /// <param name="isStored">Whether many questions will be asked, so that what they share is kept as tables.</param>
    public void CreateViews(AnalysisDatabase database, DateTime? from, DateTime? until, bool isStored = true)
    {
        string[] limits = [.. Limit(">=", from), .. Limit("<", until)];
        database.Execute($"CREATE OR REPLACE VIEW {View} AS SELECT * FROM {Table.Name}{(limits.Length > 0 ? " WHERE " + string.Join(" AND ", limits) : "")}");
        foreach (QueryText view in Questions.Views)
        {
            database.Execute(view.For(SqlDialect.DuckDb, QueryParameters.None with { StoresViews = isStored }));
        }
    }

    private IEnumerable<string> Limit(string comparison, DateTime? time) =>
        time is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"{TimeColumn} {comparison} TIMESTAMP '{time:yyyy-MM-dd HH:mm:ss.ffffff}'")];
}
