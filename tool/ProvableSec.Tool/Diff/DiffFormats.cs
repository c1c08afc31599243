using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Diff;

/// <summary>The formats of <c>diff</c>.</summary>
internal static class DiffFormats
{
    /// <summary>Their names, that of standard output first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "sarif", "github", "junit", "markdown", "html"];

    /// <summary>The report of a format.</summary>
    public static IReport<DiffResult> Report(string name) => name switch
    {
        "json" => new JsonDiffReport(),
        "sarif" => new SarifDiffReport(),
        "github" => new GitHubDiffReport(),
        "junit" => new JUnitDiffReport(),
        "markdown" => new MarkdownDiffReport(),
        "html" => new HtmlDiffReport(),
        _ => new TextDiffReport(),
    };
}
