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
