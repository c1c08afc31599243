using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>
/// Reads <c>provablesec.json</c>. A mistake takes with it what depends on it, and nothing else: a property whose stack is broken is not asked,
/// its neighbours are.
/// </summary>
internal sealed class ConfigurationReader
{
    private static readonly string[] Members = ["$schema", "version", "world", "asOf", "documents", "stacks", "properties", "checks"];
    private static readonly string[] DocumentMembers = ["files", "type"];

    private readonly DocumentText source;
    private readonly FilePolicySource files;
    private readonly PolicyLoader loader;
    private readonly string folder;
    private readonly InputScope scope;
    private readonly ConfigurationProblems problems = new();
    private readonly Dictionary<string, ConfiguredDocument> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConfiguredStack> stacks = new(StringComparer.Ordinal);
    private readonly List<ConfiguredProperty> properties = [];
    private World world = World.Aws;
    private string? asOf;

    private ConfigurationReader(DocumentText source, bool allowOutside)
    {
        this.source = source;
        folder = Path.GetDirectoryName(source.Name) ?? "";
        files = new FilePolicySource(source.Name, allowOutside);
        scope = InputScope.Around(source.Name, allowOutside);
        loader = new PolicyLoader(files, new PolicyCache());
    }

    /// <summary>Reads a configuration. Never throws on any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="allowOutside">Whether the files that it names may lie outside of its repository.</param>
    public static Configuration Read(DocumentText source, bool allowOutside) => new ConfigurationReader(source, allowOutside).Read();

    private Configuration Read()
    {
        JsonTree json = JsonTreeReader.Read(source);
        if (RecognizedInput.InsteadOf(RecognizedInput.Configuration, source) is { } other)
        {
            return new Configuration(source.Name, [], [], [other], []);
        }

        foreach (PolicyProblem problem in json.Problems)
        {
            problems.Collected.Add(problem);
        }

        if (json.Root.Kind == JsonKind.Object)
        {
            ReadMembers(json.Root);
        }
        else
        {
            problems.Collected.WrongType(json.Root, "a configuration", "an object with version and properties");
        }

        // Parts report on their own, and two parts may name the same broken file.
        foreach (PolicyProblem problem in stacks.Values.SelectMany(stack => stack.Problems).Concat(properties.SelectMany(property => property.Problems)))
        {
            problems.Collected.Add(problem);
        }

        return new Configuration(
            source.Name,
            [.. documents.Values.OrderBy(document => document.File, StringComparer.Ordinal)],
            [.. properties],
            InOrder(problems.Errors),
            InOrder(stacks.Values.SelectMany(stack => stack.Warnings)));
    }

    private ImmutableArray<PolicyProblem> InOrder(IEnumerable<PolicyProblem> unordered) =>
        [.. unordered.OrderBy(problem => problem.File == source.Name ? 0 : 1).ThenBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Position)];

    private void ReadMembers(JsonItem root)
    {
        // What properties rest on comes first, whatever the order of the file.
        JsonItem? listed = null, checks = null;
        bool version = false;
        foreach (JsonMember member in root.Properties())
        {
            switch (member.Name)
            {
                case "$schema":
                    problems.Collected.ExpectString(member.Value, "$schema");
                    break;
                case "version":
                    version = true;
                    if (member.Value is not { Kind: JsonKind.Number, Text: "1" })
                    {
                        problems.Add(member.Value, ProblemCode.InvalidValue, "version must be 1, the only version there is");
                    }

                    break;
                case "world":
                    world = problems.Word(member.Value, "world", ("aws", World.Aws), ("free", World.Free)) ?? world;
                    break;
                case "asOf":
                    asOf = AsOfDate.Read(member.Value, problems.Collected);
                    break;
                case "documents":
                    ReadDocuments(member.Value);
                    break;
                case "stacks":
                    ReadStacks(member.Value);
                    break;
                case "properties":
                    listed = member.Value;
                    break;
                case "checks":
                    checks = member.Value;
                    break;
                default:
                    problems.Unknown(member, "a configuration", Members);
                    break;
            }
        }

        if (!version)
        {
            problems.Add(root, ProblemCode.MissingElement, "the configuration has no version; expected \"version\": 1");
        }

        if (listed is { } properties)
        {
            ReadProperties(properties);
        }

        if (checks is { } own)
        {
            ReadChecks(own);
        }

        if (listed is null or { Kind: JsonKind.Array, Count: 0 } && (!root.TryGetProperty("documents", out JsonItem list) || list is { Kind: JsonKind.Array, Count: 0 }))
        {
            problems.Add(root, ProblemCode.MissingElement, $"the configuration has neither properties nor documents, so that nothing would be proved or checked; {(checks is null ? "add a property" : "its checks are what provablesec check looks for")}");
        }
    }

    private void ReadDocuments(JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "documents", "an array of objects with files and type");
        }

        foreach (JsonItem element in value.Elements())
        {
            if (element.Kind != JsonKind.Object)
            {
                problems.Collected.WrongType(element, "an element of documents", "an object with files and type");
                continue;
            }

            JsonItem? pattern = null;
            PolicyType? type = null;
            foreach (JsonMember member in element.Properties())
            {
                switch (member.Name)
                {
                    case "files":
                        pattern = problems.Collected.ExpectString(member.Value, "files") is null ? null : member.Value;
                        break;
                    case "type":
                        type = QueryReader.ReadType(member.Value, problems.Collected);
                        break;
                    default:
                        problems.Unknown(member, "an element of documents", DocumentMembers);
                        break;
                }
            }

            foreach (string missing in DocumentMembers.Where(name => !element.TryGetProperty(name, out _)))
            {
                problems.Add(element, ProblemCode.MissingElement, $"this element of documents has no {missing}");
            }

            if (pattern is { } at && type is { } known)
            {
                AddDocuments(at, known);
            }
        }
    }

    private void AddDocuments(JsonItem at, PolicyType type)
    {
        string pattern = at.Text;
        IReadOnlyList<string> paths;
        try
        {
            paths = DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(folder, pattern, scope) : [pattern];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add(at, ProblemCode.UnreadableFile, $"{pattern} cannot be listed: {e.Message}");
            return;
        }

        if (paths.Count == 0)
        {
            problems.Add(at, ProblemCode.UnreadableFile, $"no file matches {pattern}");
        }

        foreach (string path in paths)
        {
            PolicyProblem? problem = null;
            PolicyDocument? document = path.Length == 0 ? null : files.Load(path, out problem);
            string file = Path.Combine(folder, path);
            string key = Path.GetFullPath(file);
            if (document is null)
            {
                problems.Collected.Add(problem is null ? at.Problem(ProblemCode.UnreadableFile, "files is empty") : problem.Code == ProblemCode.UnreadableFile ? at.Problem(ProblemCode.UnreadableFile, problem.Message) : problem);
                continue;
            }

            if (documents.TryGetValue(key, out ConfiguredDocument? known) && known.Type != type)
            {
                problems.Add(at, ProblemCode.ConflictingElements, $"{file} is listed as {QuestionNames.NameOf(known.Type)} and here as {QuestionNames.NameOf(type)}");
            }

            documents.TryAdd(key, new ConfiguredDocument(document.Source.Name, type, document.Problems));
        }
    }

    private void ReadStacks(JsonItem value)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(value, "stacks", "an object of named stacks");
        }

        foreach (JsonMember member in value.Properties())
        {
            var own = new ConfigurationProblems();
            PolicyStack stack = StackReader.Read(member.Value, $"the stack \"{member.Name}\"", loader, own.Collected);
            if (member.Value is { Kind: JsonKind.Object, Count: 0 })
            {
                own.Add(member.Value, ProblemCode.MissingElement, $"the stack \"{member.Name}\" is empty; expected one of {string.Join(", ", StackReader.MemberNames)}");
            }

            stacks[member.Name] = new ConfiguredStack(own.Errors.IsEmpty ? stack : null, own.Errors, own.Warnings);
        }
    }

    /// <summary><c>check</c> looks for them; that they are right is told here, too.</summary>
    private void ReadChecks(JsonItem value)
    {
        foreach (ConfiguredCheck check in new OwnCheckReader(loader, problems).Read(value))
        {
            if (properties.Exists(property => property.Id == check.Check.Rule.Id))
            {
                problems.Add(check.At, ProblemCode.DuplicateKey, $"there is a property \"{check.Check.Rule.Id}\", too; SARIF and baselines could not tell them apart");
            }
        }
    }

    private void ReadProperties(JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "properties", "an array of properties");
        }

        var reader = new PropertyReader(loader, stacks, name => documents.GetValueOrDefault(Path.GetFullPath(name))?.Type, world, asOf, problems);
        foreach (JsonItem element in value.Elements())
        {
            if (reader.Read(element) is { } property)
            {
                properties.Add(property);
            }
        }
    }
}
