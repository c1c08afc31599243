using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>
/// Reads <c>provablesec.json</c> and what it extends. A mistake takes with it what depends on it, and nothing else: a property whose stack is broken is not
/// asked,
/// its neighbors are.
/// </summary>
internal sealed class ConfigurationReader
{
    private static readonly string[] Members = ["$schema", "version", "extends", "variables", "world", "asOf", "organization", "documents", "stacks", "groups",
        "properties", "checks"];

    private readonly DocumentText source;
    private readonly InputScope scope;
    private readonly List<PolicyProblem> errors = [];
    private readonly Dictionary<string, ConfiguredDocument> documents = new(StringComparer.Ordinal);
    private readonly ConfiguredStacks stacks = new();
    private readonly RevisionStacks revisions;
    private readonly List<ConfiguredProperty> properties = [];
    private readonly List<PolicyProblem> warnings = [];
    private (ConfigurationPlace Place, ConfigurationProblems Problems)[] files = [];
    private World world = World.Aws;
    private string? asOf;
    private ConfiguredOrganization? organization;

    private ConfigurationReader(DocumentText source, InputScope scope)
    {
        this.source = source;
        this.scope = scope;
        revisions = new RevisionStacks(source, ReadStacks);
    }

    /// <summary>Reads a configuration. Never throws on any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="allowOutside">Whether the files that it names may lie outside of its repository.</param>
    /// <param name="seen">Takes what is read beside the text; null for nobody.</param>
    public static Configuration Read(DocumentText source, bool allowOutside, ConcurrentDictionary<string, bool>? seen = null) =>
        new ConfigurationReader(source, InputScope.Around(source.Name, allowOutside).Noting(seen)).Read();

    private Configuration Read()
    {
        if (ReadParts())
        {
            Each("properties", ReadProperties);
            Each("checks", ReadChecks);
            if (properties.Count == 0 && documents.Count == 0 && errors.Count == 0 && files.All(file => file.Problems.Errors.IsEmpty)
                && files.All(file => IsNone(file.Place, "properties") && IsNone(file.Place, "documents")))
            {
                files[^1].Problems.Add(files[^1].Place.File.Json.Root, ProblemCode.MissingElement,
                    $"the configuration has neither properties nor documents, so that nothing would be proved or checked; "
                        + $"{(files.All(file => IsNone(file.Place, "checks")) ? "add a property" : "its checks are what provablesec check looks for")}");
            }
        }

        // Parts report on their own, and two parts may name the same broken file.
        var all = new CaseProblems();
        foreach (PolicyProblem problem in errors.Concat(files.SelectMany(file => file.Problems.All)).Concat(stacks.Problems)
            .Concat(properties.SelectMany(property => property.Problems)))
        {
            all.Add(problem);
        }

        return new Configuration(
            source.Name,
            [.. documents.Values.OrderBy(document => document.File, StringComparer.Ordinal)],
            [.. properties],
            InOrder(all.ToImmutable().Where(problem => problem.IsError)),
            InOrder(stacks.Warnings.Concat(warnings)));

    }

    /// <summary>Reads the stacks of a configuration and nothing that is asked about them.</summary>
    /// <param name="source">The text.</param>
    /// <param name="scope">Which files it may name.</param>
    public static StackConfiguration ReadStacks(DocumentText source, InputScope scope)
    {
        var reader = new ConfigurationReader(source, scope);
        reader.ReadParts();
        return new StackConfiguration(
            reader.stacks,
            [.. reader.errors.Concat(reader.files.SelectMany(file => file.Problems.Errors)).Concat(reader.stacks.Problems).Where(problem => problem.IsError)],
            [.. reader.files.Select(file => file.Place.File.Source.Name), .. reader.organization is { } organization ? [organization.Name] : (string[])[]]);
    }

    /// <summary>Reads what properties rest on, which comes first, whatever the order of the files.</summary>
    /// <returns>Whether the files are configurations at all.</returns>
    private bool ReadParts()
    {
        var cache = new PolicyCache();
        files =
        [
            .. ConfigurationFiles.Read(source, scope, errors)
                .Select(file => (new ConfigurationPlace(file, scope, cache), new ConfigurationProblems(file))),
        ];
        if (!files.All(file => file.Place.File.Json.Root.Kind == JsonKind.Object && RecognizedAs(file.Place.File)))
        {
            return false;
        }

        Each("organization", (place, _, value) => ReadOrganization(place, value));
        foreach ((ConfigurationPlace place, ConfigurationProblems problems) in files)
        {
            ReadMembers(place, problems);
        }

        stacks.CheckGroups();
        return true;
    }

    private void Each(string member, Action<ConfigurationPlace, ConfigurationProblems, JsonItem> read)
    {
        foreach ((ConfigurationPlace place, ConfigurationProblems problems) in files)
        {
            if (place.File.Json.Root.TryGetProperty(member, out JsonItem value))
            {
                read(place, problems, value);
            }
        }
    }

    private static bool IsNone(ConfigurationPlace place, string member) => !place.File.Json.Root.TryGetProperty(member, out JsonItem list)
        || list is { Kind: JsonKind.Array, Count: 0 };

    private static bool RecognizedAs(ConfigurationFile file) => RecognizedInput.InsteadOf(RecognizedInput.Configuration, file.Json.Root) is null;

    private ImmutableArray<PolicyProblem> InOrder(IEnumerable<PolicyProblem> unordered) =>
        [.. unordered.OrderBy(problem => problem.File == source.Name ? 0 : 1).ThenBy(problem => problem.File, StringComparer.Ordinal)
            .ThenBy(problem => problem.Position)];

    private void ReadMembers(ConfigurationPlace place, ConfigurationProblems problems)
    {
        JsonItem root = place.File.Json.Root;
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
                    new DocumentListReader(place, documents, problems).Read(member.Value);
                    break;
                case "stacks":
                    new StackListReader(place, stacks, organization, problems).Read(member.Value);
                    break;
                case "groups":
                    ReadGroups(place, member.Value, problems);
                    break;
                case "extends" or "variables" or "organization" or "properties" or "checks":
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
    }

    private void ReadOrganization(ConfigurationPlace place, JsonItem value)
    {
        var own = new ConfigurationProblems(place.File);
        organization = OrganizationSource.Read(place, value, own);
        errors.AddRange(own.Errors);
        warnings.AddRange(own.Warnings);
    }

    private void ReadGroups(ConfigurationPlace place, JsonItem value, ConfigurationProblems problems)
    {
        if (value.Kind != JsonKind.Object)
        {
            problems.Collected.WrongType(value, "groups", "an object of named groups, each an array of names of stacks");
        }

        foreach (JsonMember member in value.Properties())
        {
            var own = new ConfigurationProblems(place.File);
            if (member.Value is not { Kind: JsonKind.Array, Count: > 0 })
            {
                own.Add(member.Value, ProblemCode.WrongType, $"the group \"{member.Name}\" must be an array with the name of at least one stack");
            }

            stacks.AddGroup(member.Name,
                [.. member.Value.Items().Where(item => own.Collected.ExpectString(item, "the name of a stack") is not null).Select(item => (item.Text, item))],
                own);
        }
    }

    private void ReadChecks(ConfigurationPlace place, ConfigurationProblems problems, JsonItem value)
    {
        foreach (ConfiguredCheck check in new OwnCheckReader(place.Loader, problems).Read(value))
        {
            if (properties.Exists(property => property.Id == check.Check.Rule.Id))
            {
                problems.Add(check.At, ProblemCode.DuplicateKey,
                    $"there is a property \"{check.Check.Rule.Id}\", too; SARIF and baselines could not tell them apart");
            }
        }
    }

    private void ReadProperties(ConfigurationPlace place, ConfigurationProblems problems, JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "properties", "an array of properties");
        }

        var reader = new PropertyReader(place, stacks, name => documents.GetValueOrDefault(Path.GetFullPath(name))?.Type, world, asOf, revisions,
            problems);
        foreach (JsonItem element in value.Elements())
        {
            if (reader.Read(element) is { } property)
            {
                // One of the same id takes the place of that which is extended.
                int at = properties.FindIndex(other => other.Id == property.Id);
                if (at >= 0)
                {
                    properties[at] = property;
                }
                else
                {
                    properties.Add(property);
                }
            }
        }
    }
}
