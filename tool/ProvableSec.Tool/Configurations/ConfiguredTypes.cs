using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>The types of policies that the nearest <c>provablesec.json</c> lists.</summary>
/// <param name="configurations">Finds it.</param>
internal sealed class ConfiguredTypes(NearestConfigurations configurations)
{
    private readonly Dictionary<NearestConfiguration, Dictionary<string, PolicyType>> known = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<NearestConfiguration, List<(string Folder, string Pattern)>> listed = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<NearestConfiguration, List<(string Folder, string Pattern, PolicyType Type)>> patterns =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>The type of a file; null where nobody says.</summary>
    /// <param name="path">The file.</param>
    public PolicyType? Of(string path)
    {
        if (configurations.Of(path) is not { } configuration)
        {
            return null;
        }

        if (!known.TryGetValue(configuration, out Dictionary<string, PolicyType>? types))
        {
            known.Add(configuration, types = Read(configuration));
        }

        return types.TryGetValue(Path.GetFullPath(path), out PolicyType type) ? type : File.Exists(path) ? null : OfOneThatIsGone(configuration, path);
    }

    /// <summary>Whether the configuration names a file: as a document, or as one of a set of stacks.</summary>
    /// <param name="path">The file.</param>
    public bool IsListed(string path)
    {
        if (configurations.Of(path) is not { } configuration)
        {
            return false;
        }

        if (!listed.TryGetValue(configuration, out List<(string Folder, string Pattern)>? all))
        {
            listed.Add(configuration, all = [.. configuration.Files.SelectMany(Listed)]);
        }

        return all.Exists(one => DocumentGlob.Matches(one.Folder, one.Pattern, path));
    }

    private static IEnumerable<(string Folder, string Pattern)> Listed(ConfigurationFile file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Source.Name))!;
        IEnumerable<JsonItem> naming =
        [
            .. file.Json.Root.TryGetProperty("documents", out JsonItem documents) ? documents.Items() : [],
            .. file.Json.Root.TryGetProperty("stacks", out JsonItem stacks) ? stacks.Members().Select(stack => stack.Value) : [],
        ];
        return naming.SelectMany(one => one.TryGetProperty("files", out JsonItem files) ? files.Kind == JsonKind.String ? [files] : files.Items() : [])
            .Where(pattern => pattern.Kind == JsonKind.String).Select(pattern => (folder, pattern.Text));
    }

    /// <summary>The type of a file that another revision has: what the patterns would say of it.</summary>
    private PolicyType? OfOneThatIsGone(NearestConfiguration configuration, string path) =>
        patterns[configuration].Where(pattern => DocumentGlob.Matches(pattern.Folder, pattern.Pattern, path)).Select(pattern => (PolicyType?)pattern.Type)
            .FirstOrDefault();

    private Dictionary<string, PolicyType> Read(NearestConfiguration configuration)
    {
        var types = new Dictionary<string, PolicyType>(StringComparer.Ordinal);
        patterns[configuration] = [];
        foreach (ConfigurationFile file in configuration.Files)
        {
            var problems = new ConfigurationProblems(file);
            string folder = Path.GetDirectoryName(Path.GetFullPath(file.Source.Name))!;
            foreach (JsonItem element in file.Json.Root.TryGetProperty("documents", out JsonItem documents) ? documents.Items() : [])
            {
                if (element.TryGetProperty("type", out JsonItem said) && QueryReader.ReadType(said, problems.Collected) is { } type
                    && element.TryGetProperty("files", out JsonItem files))
                {
                    foreach (JsonItem pattern in (files.Kind == JsonKind.String ? [files] : files.Items()).Where(pattern => pattern.Kind == JsonKind.String))
                    {
                        patterns[configuration].Add((folder, pattern.Text, type));
                        foreach (string path in configuration.FilesOf(folder, pattern.Text))
                        {
                            types.TryAdd(path, type);
                        }
                    }
                }
            }

            configurations.Refuse(problems);
        }

        return types;
    }
}
