using System.Globalization;
using System.Reflection;
using ProvableSec.Analytics.Findings;

namespace ProvableSec.Analytics.Queries;

/// <summary>What Athena needs to answer the questions of a kind over logs in S3: tables, the views, and each question as a named query.</summary>
/// <param name="kind">The kind: waf, guardduty or findings.</param>
/// <param name="questions">Its questions.</param>
/// <param name="layout">How the logs lie there.</param>
/// <param name="location">Where the logs are, such as <c>s3://bucket/prefix/</c>.</param>
/// <param name="firstYear">The year of the first logs.</param>
/// <param name="rulePhases">The phase of the kill chain of each rule of ours that has one.</param>
internal sealed class AthenaScript(
    string kind, QuestionSet questions, AthenaLayout layout, string location, int firstYear, IEnumerable<(string Rule, string Phase)> rulePhases)
{
    /// <summary>What the table and the view of one type of finding at a time are called.</summary>
    private const string ByType = "guardduty_by_type";

    /// <summary>A day or more is one bar, a list has fifty rows.</summary>
    private static readonly QueryParameters Parameters = new("hour", 50, QueryParameters.WorstClient);

    /// <summary>The statements of Hive's language that make the tables, by their names.</summary>
    public IEnumerable<(string Name, string Sql)> Tables => Sources.Select(source => (source.View + "_log", Table(source)));

    /// <summary>The views, each after those it needs, by their names.</summary>
    public IEnumerable<(string Name, string Sql)> Views =>
    [
        .. Sources.Select(source => (source.View, View(source))),
        .. questions.ViewNames.Zip(questions.Views, (name, view) => (name, view.For(SqlDialect.Trino, Parameters))),
    ];

    /// <summary>The questions.</summary>
    public IEnumerable<(string Name, string Says, string Sql)> Queries =>
    [
        .. questions.Questions.Select(question => (question.Id, question.Says.Replace("{bucket}", Parameters.Bucket, StringComparison.Ordinal),
            question.Text.For(SqlDialect.Trino, Parameters))),
        ("unreadable", "Lines that are not such records, or not JSON; they are in no answer.", Statement(kind + "-unreadable")),
        .. IsSorted ? [("one-type", "The latest findings of one type in one month, of which nothing else is read.", OneType)]
            : Enumerable.Empty<(string, string, string)>(),
    ];

    private bool IsSorted => layout == AthenaLayout.Sorted;

    /// <summary>The tables and the views over them. Which types there are nobody knows, so that questions about all of them read all that is sorted.</summary>
    private IEnumerable<(string View, AthenaLayout Layout)> Sources =>
        IsSorted ? [(kind, AthenaLayout.Whole), (ByType, AthenaLayout.Sorted)] : [(kind, layout)];

    private string OneType => Statement("guardduty-one-type").Replace("{first}", FirstYear, StringComparison.Ordinal);

    private string FirstYear => firstYear.ToString(CultureInfo.InvariantCulture);

    private string Table((string View, AthenaLayout Layout) source) => Statement(kind + "-table")
        .Replace("{table}", source.View + "_log", StringComparison.Ordinal)
        .Replace("{partitions}", source.Layout.PartitionClause, StringComparison.Ordinal)
        .Replace("{properties}", source.Layout.PropertyClause, StringComparison.Ordinal)
        .Replace("{first}", FirstYear, StringComparison.Ordinal)
        .Replace("{location}", location.EndsWith('/') ? location : location + "/", StringComparison.Ordinal);

    private string View((string View, AthenaLayout Layout) source) => Statement(kind + "-view")
        .Replace("{table}", source.View + "_log", StringComparison.Ordinal)
        .Replace("{view}", source.View, StringComparison.Ordinal)
        .Replace("{columns}", string.Concat(source.Layout.Columns.Select(column => $",\n       l.{column}")), StringComparison.Ordinal)
        .Replace("{outer_columns}", string.Concat(source.Layout.Columns.Select(column => $",\n       {column}")), StringComparison.Ordinal)
        .Replace("{purposes}", Cases(KillChain.Phases.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))),
            StringComparison.Ordinal)
        .Replace("{reaches}", Cases(OwnFindings.Reaches.Select(pair => (pair.Key, pair.Value))), StringComparison.Ordinal)
        .Replace("{rule_phases}", Cases(rulePhases), StringComparison.Ordinal);

    private static string Cases(IEnumerable<(string When, string Then)> pairs) =>
        string.Join(' ', pairs.Select(pair => $"WHEN {QueryParameters.Quote(pair.When)} THEN {QueryParameters.Quote(pair.Then)}"));

    private static string Statement(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"queries/athena/{name}")!);
        return reader.ReadToEnd().Trim();
    }
}
