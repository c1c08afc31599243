using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Check;

/// <summary>The formats of <c>check</c>.</summary>
internal static class CheckFormats
{
    /// <summary>Their names, that of standard output first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "sarif", "github", "junit", "markdown", "html", "asff"];

    /// <summary>The report of a format.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="account">For ASFF, the account that the findings are imported to.</param>
    /// <param name="region">For ASFF, the Region that they are imported to.</param>
    public static IReport<CheckResult> Report(string name, string? account, string? region) => name switch
    {
        "json" => new JsonCheckReport(),
        "sarif" => new SarifCheckReport(),
        "github" => new GitHubCheckReport(),
        "junit" => new JUnitCheckReport(),
        "markdown" => new MarkdownCheckReport(),
        "html" => new HtmlCheckReport(),
        "asff" => new AsffCheckReport(account!, region!, DateTimeOffset.UtcNow),
        _ => new TextCheckReport(),
    };
}
