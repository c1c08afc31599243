using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Tool.Configurations;

/// <summary>A file of a configuration, the one that was named or one that it extends, with the values of its variables filled in.</summary>
/// <param name="Source">The file.</param>
/// <param name="Json">What it says.</param>
/// <param name="Filled">How the text was made that <paramref name="Json"/> was read from; null where it is the file's own.</param>
internal sealed record ConfigurationFile(DocumentText Source, JsonTree Json, MappedText? Filled)
{
    /// <summary>The problem with its place in the file: the values of variables have moved what stands behind them.</summary>
    public PolicyProblem Located(PolicyProblem problem)
    {
        if (Filled is null || problem.File != Source.Name || problem.Code == ProblemCode.UnreadableFile && problem.Span.Length == 0)
        {
            return problem;
        }

        TextRange span = Filled.SourceOf(problem.Span);
        return new PolicyProblem(problem.Code, problem.Message, span, problem.Pointer, Source.PositionOf(span.Start), problem.File);
    }

    /// <summary>Where a value stands in the file.</summary>
    public LinePosition PositionOf(JsonItem value) => Filled is null ? value.Position : Source.PositionOf(Filled.SourceOf(value.Span).Start);
}
