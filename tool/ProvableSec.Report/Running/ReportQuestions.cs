using System.Globalization;
using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Pages;
using ProvableSec.Analytics.Queries;

namespace ProvableSec.Report.Running;

/// <summary>Asks all questions about records of one kind.</summary>
/// <param name="kind">The kind.</param>
/// <param name="client">Whose requests are listed; null for the one that was blocked most.</param>
/// <param name="rows">How many rows a list has at most.</param>
internal sealed class ReportQuestions(ReportKind kind, string? client, int rows)
{
    /// <summary>Asks.</summary>
    public ReportPage Ask(AnalysisDatabase database, InputLoading loading)
    {
        ResultTable span =
            database.Query($"SELECT min({kind.TimeColumn}), max({kind.TimeColumn}), count(*) FILTER (WHERE {kind.TimeColumn} IS NULL) FROM {kind.View}");
        (DateTime? first, DateTime? last) = ((DateTime?)span.Rows[0][0], (DateTime?)span.Rows[0][1]);
        string bucket = QueryParameters.BucketOf((last - first) ?? TimeSpan.Zero);
        var parameters = new QueryParameters(bucket, rows, client is null ? QueryParameters.WorstClient : QueryParameters.Quote(client));
        ReportSection[] sections =
        [
            .. kind.Questions.Questions.Select(question =>
            {
                ResultTable answer = database.Query(question.Text.For(SqlDialect.DuckDb, parameters));
                bool isCut = answer.Rows.Count == rows && question.Text.Template.Contains("{limit}", StringComparison.Ordinal);
                return new ReportSection(question.Id, question.Title, question.Says.Replace("{bucket}", bucket, StringComparison.Ordinal), question.Chart,
                    answer, isCut);
            }),
        ];
        string period = first is null ? "no times" : $"{CellText.Shown(first)} to {CellText.Shown(last)} UTC";
        return new ReportPage(kind.Title, $"{period} · {loading.Names}", sections, [.. Notes(loading.Counts, (long)span.Rows[0][2]!)]);
    }

    private IEnumerable<(bool IsWarning, string Text)> Notes(LoadCounts counts, long withoutTime)
    {
        yield return (false, LoadNotes.Read(counts, kind.What));
        if (counts.Unread > 0)
        {
            yield return (true, $"Not in this report: {LoadNotes.Unread(counts, kind.What)}.");
        }

        if (withoutTime > 0)
        {
            yield return (true, string.Create(CultureInfo.InvariantCulture, $"{withoutTime:N0} records tell no time and are missing where there is one."));
        }

        if (LoadNotes.UnknownMembers(counts) is { } unknown)
        {
            yield return (false, unknown);
        }

        foreach (string note in kind.Notes)
        {
            yield return (false, note);
        }

        yield return (false, "Made by provablesec report, offline. Charts by Apache ECharts (Apache License 2.0); map by Natural Earth (public domain).");
    }
}
