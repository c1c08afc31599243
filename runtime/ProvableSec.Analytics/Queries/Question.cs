namespace ProvableSec.Analytics.Queries;

/// <summary>A question that a page answers, and a named query of Athena asks.</summary>
/// <param name="Id">Its name in links and files.</param>
/// <param name="Title">What stands over the answer.</param>
/// <param name="Says">What the answer is, in a sentence.</param>
/// <param name="Chart">How it is drawn.</param>
/// <param name="Text">The query.</param>
internal sealed record Question(string Id, string Title, string Says, ChartKind Chart, QueryText Text);
