using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Verify;

/// <summary>The formats of <c>verify</c>.</summary>
internal static class VerifyFormats
{
    /// <summary>Their names, that of standard output first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "ndjson", "sarif", "github", "junit", "markdown", "html", "msbuild"];

    /// <summary>The report of a format.</summary>
    public static IReport<VerifyResult> Report(string name) => name switch
    {
        "json" => new JsonVerifyReport(lines: false),
        "ndjson" => new JsonVerifyReport(lines: true),
        "sarif" => new SarifVerifyReport(),
        "github" => new GitHubVerifyReport(),
        "junit" => new JUnitVerifyReport(),
        "markdown" => new MarkdownVerifyReport(),
        "html" => new HtmlVerifyReport(),
        "msbuild" => new MSBuildVerifyReport(),
        _ => new TextVerifyReport(),
    };
}
