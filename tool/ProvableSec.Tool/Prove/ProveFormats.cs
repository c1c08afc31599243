using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Prove;

/// <summary>The formats of <c>prove</c>.</summary>
internal static class ProveFormats
{
    /// <summary>Those of a single question.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "ndjson", "junit", "markdown", "html"];

    /// <summary>Those of a batch, whose answers are written as they come; the first unless another is asked for.</summary>
    public static IReadOnlyList<string> OfBatch { get; } = ["ndjson", "text"];

    /// <summary>Those of <c>--filter</c>.</summary>
    public static IReadOnlyList<string> OfFilter { get; } = ["text", "json", "ndjson"];

    /// <summary>The report of a format for a single question.</summary>
    public static IReport<ProveResult> Report(string name) => name switch
    {
        "json" => new JsonProveReport(indented: true),
        "ndjson" => new JsonProveReport(indented: false),
        "junit" => new JUnitProveReport(),
        "markdown" => new MarkdownProveReport(),
        "html" => new HtmlProveReport(),
        _ => new TextProveReport(),
    };
}
