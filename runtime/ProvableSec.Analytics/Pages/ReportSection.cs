using ProvableSec.Analytics.Database;
using ProvableSec.Analytics.Queries;

namespace ProvableSec.Analytics.Pages;

/// <summary>A question with its answer.</summary>
/// <param name="Id">Its name in links.</param>
/// <param name="Title">What stands over it.</param>
/// <param name="Says">What the answer is, in a sentence.</param>
/// <param name="Chart">How it is drawn.</param>
/// <param name="Answer">The answer.</param>
/// <param name="IsCut">Whether there may be more rows than are listed.</param>
internal sealed record ReportSection(string Id, string Title, string Says, ChartKind Chart, ResultTable Answer, bool IsCut);
