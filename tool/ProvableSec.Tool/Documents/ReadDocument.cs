using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Yaml;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Documents;

/// <summary>A text as JSON, and the policies that were found in it: what every command reads that takes policies, templates, dumps and plans alike.</summary>
/// <param name="Source">The text.</param>
internal sealed record ReadDocument(DocumentText Source)
{
    private const string Expected = "a policy, a template, an account dump, a plan or an answer of the AWS CLI";

    private static readonly RecognizedInput[] Kinds = [RecognizedInput.Policy, RecognizedInput.Template, RecognizedInput.AccountDump,
        RecognizedInput.TerraformPlan];
    private static readonly string[] JsonExtensions = [".json", ".template", ""];
    private static readonly string[] Beginnings = ["\"Statement\"", "\"Resources\"", "AWSTemplateFormatVersion"];

    /// <summary>The extensions of files that are looked into in folders.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".json", ".template", ".yaml", ".yml"];

    /// <summary>Why the text is not read; null when it is.</summary>
    public PolicyProblem? Problem { get; private init; }

    /// <summary>True for a text of a kind that holds policies, although it may hold none, and for any that the user named.</summary>
    public bool IsDocument { get; private init; }

    /// <summary>True for a text in which somebody meant to write policies.</summary>
    public bool IsPolicyText { get; private init; }

    /// <summary>For YAML the JSON that it became; null for JSON.</summary>
    public MappedText? Converted { get; private init; }

    /// <summary>The JSON; null for a text that is not read.</summary>
    public JsonTree? Json { get; private init; }

    /// <summary>The policies.</summary>
    public IReadOnlyList<FoundPolicy> Policies { get; private init; } = [];

    /// <summary>What could not be judged, and what is wrong with the text.</summary>
    public DocumentNotes Notes { get; private init; } = new();

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="isNamed">Whether the user named it; a file of a folder is passed over when it holds no policy.</param>
    /// <param name="type">The type of a text that is a policy itself; null to tell it by file name or content.</param>
    /// <param name="like">What else is known about the policies.</param>
    /// <param name="expected">What a named file may be, for messages; what holds policies unless said.</param>
    /// <param name="isReadAnyway">Whether a file of a folder is read that does not look as if it held policies.</param>
    public static ReadDocument Of(DocumentText source, bool isNamed, PolicyType? type, PolicyContext like, string expected = Expected,
        Func<DocumentText, bool>? isReadAnyway = null)
    {
        var document = new ReadDocument(source);
        MappedText? converted = null;
        if (YamlText.IsYaml(source))
        {
            if (!isNamed && !source.Text.Contains("Resources", StringComparison.Ordinal) && !source.Text.Contains("Statement", StringComparison.Ordinal)
                && isReadAnyway?.Invoke(source) is not true)
            {
                return document;
            }

            converted = YamlText.ToJson(source, out PolicyProblem? broken);
            if (converted is null)
            {
                // What is over a limit may be YAML that nobody has looked at.
                return isNamed || broken!.Code != ProblemCode.InvalidJson || source.Text.Contains("AWSTemplateFormatVersion", StringComparison.Ordinal)
                    ? document with { Problem = broken } : document;
            }
        }

        JsonTree json = JsonTreeReader.Read(converted is null ? source : new DocumentText(converted.Text, source.Name));
        if (isNamed && converted is null && NotRead(source, json.Root, expected) is { } other)
        {
            return document with { Problem = other };
        }

        document = document with { Converted = converted, Json = json };
        bool isJson = json.Problems.All(problem => !problem.IsError);
        bool isPolicyText = isJson ? PolicyDocuments.KindOf(json.Root) != DocumentKind.Other
            : Beginnings.Any(beginning => source.Text.Contains(beginning, StringComparison.Ordinal));
        if (!isNamed && !isPolicyText)
        {
            return document;
        }

        var notes = new DocumentNotes();
        IReadOnlyList<FoundPolicy> policies = isNamed && PolicyDocuments.IsCliAnswer(json.Root) ? PolicyDocuments.InCliAnswer(json, like)
            : PolicyDocuments.In(json, type, like, out notes);
        notes.Map(converted, source);
        return document with { IsDocument = true, IsPolicyText = isPolicyText, Policies = policies, Notes = notes };
    }

    /// <summary>Why a named file is none that is read; null for one that is, and for JSON of an unknown kind, which is taken for a broken policy.</summary>
    private static PolicyProblem? NotRead(DocumentText source, JsonItem root, string expected)
    {
        if (RecognizedInput.Of(root) is { } kind)
        {
            return Kinds.Contains(kind) ? null : Problem(kind.Instead(expected));
        }

        ReadOnlySpan<char> start = source.Text.AsSpan().TrimStart();
        return source.Name == InputFile.StandardInputName || start.IsEmpty || start[0] is '{' or '['
            || JsonExtensions.Contains(Path.GetExtension(source.Name), StringComparer.OrdinalIgnoreCase)
            ? null
            : Problem($"this is not JSON or YAML; expected {expected}");

        PolicyProblem Problem(string message) => new(ProblemCode.WrongType, message, new TextRange(0, 0), "", source.PositionOf(0), source.Name);
    }
}
