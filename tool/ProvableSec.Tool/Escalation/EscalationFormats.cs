using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Escalation;

/// <summary>The formats of <c>ask escalation</c>.</summary>
internal static class EscalationFormats
{
    /// <summary>Their names, that of standard output first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["text", "json", "junit", "markdown", "html", "svg", "dot", "mermaid"];

    /// <summary>The report of a format.</summary>
    public static IReport<EscalationResult> Report(string name) => name switch
    {
        "json" => new JsonEscalationReport(),
        "junit" => new JUnitEscalationReport(),
        "markdown" => new MarkdownEscalationReport(),
        "html" => new DrawnEscalationReport(EscalationPage.Of),
        "svg" => new DrawnEscalationReport(graph => SvgDiagram.Of(EscalationDiagram.Of(graph))),
        "dot" => new DrawnEscalationReport(graph => DotDiagram.Of(EscalationDiagram.Of(graph))),
        "mermaid" => new DrawnEscalationReport(graph => MermaidDiagram.Of(EscalationDiagram.Of(graph))),
        _ => new TextEscalationReport(),
    };
}
