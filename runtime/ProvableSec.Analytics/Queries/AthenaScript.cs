using System.Globalization;
using System.Reflection;

namespace ProvableSec.Analytics.Queries;

/// <summary>What Athena needs to answer the questions of a kind over logs in S3: a table, the views, and each question as a named query.</summary>
/// <param name="kind">The kind: waf or guardduty.</param>
/// <param name="questions">Its questions.</param>
/// <param name="location">Where the logs are, such as <c>s3://bucket/prefix/</c>.</param>
/// <param name="firstYear">The year of the first logs.</param>
internal sealed class AthenaScript(string kind, QuestionSet questions, string location, int firstYear)
{
    /// <summary>A day or more is one bar, a list has fifty rows.</summary>
    private static readonly QueryParameters Parameters = new("hour", 50, QueryParameters.WorstClient);

    /// <summary>The statement of Hive's language that makes the table.</summary>
    public string Table => Statement("table")
        .Replace("{location}", location.EndsWith('/') ? location : location + "/", StringComparison.Ordinal)
        .Replace("{first}", firstYear.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The views, each after those it needs, by their names.</summary>
    public IEnumerable<(string Name, string Sql)> Views =>
    [
        (kind, Statement("view")),
        .. questions.ViewNames.Zip(questions.Views, (name, view) => (name, view.For(SqlDialect.Trino, Parameters))),
    ];

    /// <summary>The questions.</summary>
    public IEnumerable<(string Name, string Says, string Sql)> Queries =>
        questions.Questions.Select(question => (question.Id, question.Says.Replace("{bucket}", Parameters.Bucket, StringComparison.Ordinal),
            question.Text.For(SqlDialect.Trino, Parameters)));

    private string Statement(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"queries/athena/{kind}-{name}")!);
        return reader.ReadToEnd().Trim();
    }
}
