using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Yaml;

namespace ProvableSec.Testing.Sources;

/// <summary>A template as JSON with its loops expanded, and where each character of that is from.</summary>
internal sealed class TemplateText
{
    private readonly DocumentText source;
    private readonly MappedText? made;

    private TemplateText(DocumentText source, JsonTree json, MappedText? made, DocumentNotes loops)
    {
        this.source = source;
        Json = json;
        this.made = made;
        UnknownLoops =
        [
            .. loops.Unjudged.Select(loop => $"{loop.Owner} goes over a list that is known only at deployment; give the list with .With(\"…\", \"one,two\")"),
            .. loops.PartlyJudged.Select(loop =>
                $"{loop.Owner} goes over the default of a parameter, or makes more than is looked at; give the list with .With(\"…\", \"one,two\")"),
        ];
    }

    /// <summary>The JSON.</summary>
    public JsonTree Json { get; }

    /// <summary>Loops of which not all is known that they make.</summary>
    public IReadOnlyList<string> UnknownLoops { get; }

    /// <summary>Reads a template in JSON or YAML.</summary>
    /// <param name="source">The file.</param>
    /// <param name="values">What a test says of the deployment.</param>
    /// <exception cref="PolicySourceException">It is neither.</exception>
    public static TemplateText Read(DocumentText source, IReadOnlyDictionary<string, string> values)
    {
        MappedText? made = null;
        if (IsYaml(source) && (made = YamlText.ToJson(source, out PolicyProblem? broken)) is null)
        {
            throw new PolicySourceException(broken!.ToString());
        }

        JsonTree json = JsonTreeReader.Read(made is null ? source : new DocumentText(made.Text, source.Name));
        if (json.Problems.FirstOrDefault(p => p.IsError && p.Code is not (ProblemCode.DuplicateKey or ProblemCode.Comment)) is { } error)
        {
            throw new PolicySourceException((made is null ? error : At(error, source, made.SourceOf(error.Span))).ToString());
        }

        TemplateValues.Give(json, values);
        var loops = new DocumentNotes();
        if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Template && TemplateLoops.Expanded(json.Root, loops) is { } expanded)
        {
            var tree = JsonTreeReader.Read(new DocumentText(expanded.Text, source.Name));
            TemplateValues.Pass(json, tree);
            json = tree;
            made = made is null ? expanded : expanded.Through(made);
        }

        return new TemplateText(source, json, made, loops);
    }

    /// <summary>A policy found in the JSON, with its places in the file.</summary>
    public FoundPolicy InFile(FoundPolicy found) => made is null ? found
        : found with { Text = found.Text.Through(made), Branches = [.. found.Branches.Select(branch => branch with { Text = branch.Text?.Through(made) })] };

    /// <summary>The line of an element in the file.</summary>
    public int LineOf(JsonItem element) => made is null ? element.Position.Line : source.PositionOf(made.SourceOf(element.Span).Start).Line;

    private static bool IsYaml(DocumentText source) =>
        YamlText.IsYaml(source) || source.Text.StartsWith("AWSTemplateFormatVersion", StringComparison.Ordinal)
            || source.Text.StartsWith("Resources:", StringComparison.Ordinal) || source.Text.Contains("\nResources:");

    private static PolicyProblem At(PolicyProblem problem, DocumentText source, TextRange span) =>
        new(problem.Code, problem.Message, span, problem.Pointer, source.PositionOf(span.Start), source.Name);
}
