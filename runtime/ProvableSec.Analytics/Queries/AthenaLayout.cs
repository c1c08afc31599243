namespace ProvableSec.Analytics.Queries;

/// <summary>How logs lie in S3, so that a query reads no more of them than it has to. Partitions are projected: nobody has to add them.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Columns">The columns that folders tell.</param>
/// <param name="Properties">The properties of a table of them.</param>
internal sealed record AthenaLayout(string Name, IReadOnlyList<string> Columns, IReadOnlyList<(string Key, string Value)> Properties)
{
    /// <summary><c>yyyy/MM/dd</c>, as Firehose writes; the hours below are read with their day.</summary>
    public static AthenaLayout Firehose { get; } = new(
        "firehose",
        ["day"],
        [
            ("projection.enabled", "true"),
            ("projection.day.type", "date"),
            ("projection.day.format", "yyyy/MM/dd"),
            ("projection.day.range", "{first}/01/01,NOW"),
            ("projection.day.interval", "1"),
            ("projection.day.interval.unit", "DAYS"),
            ("storage.location.template", "{location}${day}/"),
        ]);

    /// <summary>
    /// <c>finding_type=…/year=…/month=…/day=…</c>, as <c>--partition</c> and the function that sorts findings write. A query names one type, which need not be
    /// one that was known when the table was made.
    /// </summary>
    public static AthenaLayout Sorted { get; } = new(
        "sorted",
        ["finding_type", "year", "month", "day"],
        [
            ("projection.enabled", "true"),
            ("projection.finding_type.type", "injected"),
            ("projection.year.type", "date"),
            ("projection.year.format", "yyyy"),
            ("projection.year.range", "{first},NOW"),
            ("projection.year.interval", "1"),
            ("projection.year.interval.unit", "YEARS"),
            ("projection.month.type", "integer"),
            ("projection.month.range", "1,12"),
            ("projection.month.digits", "2"),
            ("projection.day.type", "integer"),
            ("projection.day.range", "1,31"),
            ("projection.day.digits", "2"),
            ("storage.location.template", "{location}finding_type=${finding_type}/year=${year}/month=${month}/day=${day}/"),
        ]);

    /// <summary>Everything below the location, however it lies there: every query reads all of it.</summary>
    public static AthenaLayout Whole { get; } = new("whole", [], []);

    /// <summary>The clause that names the columns; nothing when there are none.</summary>
    public string PartitionClause => Columns.Count == 0 ? "" : $"PARTITIONED BY ({string.Join(", ", Columns.Select(column => $"`{column}` string"))})\n";

    /// <summary>The clause with the properties; nothing when there are none.</summary>
    public string PropertyClause => Properties.Count == 0 ? ""
        : $"\nTBLPROPERTIES (\n{string.Join(",\n", Properties.Select(property => $"  '{property.Key}' = '{property.Value}'"))}\n)";
}
