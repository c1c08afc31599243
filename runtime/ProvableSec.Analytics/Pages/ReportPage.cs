namespace ProvableSec.Analytics.Pages;

/// <summary>What a page shows.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Subtitle">What it is about: inputs, period.</param>
/// <param name="Sections">Its sections.</param>
/// <param name="Notes">What a reader has to know beside the answers; those of the first kind are warnings.</param>
internal sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<ReportSection> Sections, IReadOnlyList<(bool IsWarning, string Text)> Notes);
