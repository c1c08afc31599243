using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>A template as JSON with its loops expanded, and where each character of that is from.</summary>
internal sealed class TemplateText
{
    private readonly MappedText? made;

    private TemplateText(DocumentText source, JsonTree json, MappedText? made, DocumentNotes loops, DeploymentHints hints)
    {
        Source = source;
        Json = json;
        this.made = made;
        UnknownLoops =
        [
            .. loops.Unjudged.Select(loop => $"{loop.Owner} goes over a list that is known only at deployment; {hints.List}"),
            .. loops.PartlyJudged.Select(loop => $"{loop.Owner} goes over the default of a parameter, or makes more than is looked at; {hints.List}"),
        ];
    }

    /// <summary>The file.</summary>
    public DocumentText Source { get; }

    /// <summary>The JSON.</summary>
    public JsonTree Json { get; }

    /// <summary>Loops of which not all is known that they make.</summary>
    public IReadOnlyList<string> UnknownLoops { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="source">The file.</param>
    /// <param name="made">The JSON that YAML became; null for a file that is JSON.</param>
    /// <param name="known">What is said of the deployment.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>Null for what is not JSON.</returns>
    public static TemplateText? TryRead(DocumentText source, MappedText? made, KnownDeployment known, out PolicyProblem? problem)
    {
        JsonTree json = JsonTreeReader.Read(made is null ? source : new DocumentText(made.Text, source.Name));
        if (json.Problems.FirstOrDefault(p => p.IsError && p.Code is not (ProblemCode.DuplicateKey or ProblemCode.Comment)) is { } error)
        {
            problem = made is null ? error : At(error, source, made.SourceOf(error.Span));
            return null;
        }

        problem = null;
        TemplateValues.Give(json, known.Values);
        var loops = new DocumentNotes();
        if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Template && TemplateLoops.Expanded(json.Root, loops) is { } expanded)
        {
            var tree = JsonTreeReader.Read(new DocumentText(expanded.Text, source.Name));
            TemplateValues.Pass(json, tree);
            json = tree;
            made = made is null ? expanded : expanded.Through(made);
        }

        return new TemplateText(source, json, made, loops, known.Hints);
    }

    /// <summary>A policy found in the JSON, with its places in the file.</summary>
    public FoundPolicy InFile(FoundPolicy found) => made is null ? found
        : found with { Text = found.Text.Through(made), Branches = [.. found.Branches.Select(branch => branch with { Text = branch.Text?.Through(made) })] };

    /// <summary>The line of an element in the file.</summary>
    public int LineOf(JsonItem element) => made is null ? element.Position.Line : Source.PositionOf(made.SourceOf(element.Span).Start).Line;

    private static PolicyProblem At(PolicyProblem problem, DocumentText source, TextRange span) =>
        new(problem.Code, problem.Message, span, problem.Pointer, source.PositionOf(span.Start), source.Name);
}
