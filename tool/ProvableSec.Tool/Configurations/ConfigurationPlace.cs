using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>From where one of the files of a configuration names others: paths are relative to it.</summary>
internal sealed class ConfigurationPlace
{
    public ConfigurationPlace(ConfigurationFile file, InputScope scope, PolicyCache cache)
    {
        File = file;
        Cache = cache;
        string name = file.Source.Name;
        Folder = name == InputFile.StandardInputName ? "" : Path.GetDirectoryName(name) ?? "";
        Policies = new FilePolicySource(name, scope);
        Scope = scope;
        Loader = new PolicyLoader(Policies, cache);
    }

    /// <summary>The file.</summary>
    public ConfigurationFile File { get; }

    /// <summary>Its folder; empty for the current one.</summary>
    public string Folder { get; }

    /// <summary>Its policies by path.</summary>
    public FilePolicySource Policies { get; }

    /// <summary>Reads its policies, given as objects or by path.</summary>
    public PolicyLoader Loader { get; }

    /// <summary>Remembers policies given as objects.</summary>
    public PolicyCache Cache { get; }

    /// <summary>Which files it may name: those around the configuration that was named.</summary>
    public InputScope Scope { get; }

    /// <summary>The files that a path or pattern, or each of an array of them, names, each once, as paths from the folder; a problem for what names
    /// none.</summary>
    /// <param name="value">The path, pattern or array.</param>
    /// <param name="name">The member it is.</param>
    /// <param name="problems">Takes the problems.</param>
    public IReadOnlyList<(string Path, JsonItem At)> Find(JsonItem value, string name, ConfigurationProblems problems)
    {
        var found = new List<(string Path, JsonItem At)>();
        if (value.Kind is not (JsonKind.String or JsonKind.Array))
        {
            problems.Collected.WrongType(value, name, "a path or pattern, or an array of them");
        }
        else if (value is { Kind: JsonKind.Array, Count: 0 })
        {
            problems.Add(value, ProblemCode.InvalidValue, $"{name} is empty; name a file or pattern");
        }

        foreach (JsonItem item in value.Kind == JsonKind.String ? [value] : value.Items())
        {
            if (problems.Collected.ExpectString(item, name) is not { } pattern)
            {
                continue;
            }

            if (pattern.Length == 0)
            {
                problems.Add(item, ProblemCode.UnreadableFile, $"{name} is empty");
                continue;
            }

            IReadOnlyList<string> paths;
            try
            {
                paths = DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(Folder, pattern, Scope) : [pattern];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                problems.Add(item, ProblemCode.UnreadableFile, $"{pattern} cannot be listed: {e.Message}");
                continue;
            }

            if (paths.Count == 0)
            {
                problems.Add(item, ProblemCode.UnreadableFile, $"no file matches {pattern}");
            }

            found.AddRange(paths.Where(path => !found.Exists(other => other.Path == path)).Select(path => (path, item)));
        }

        return found;
    }

    /// <summary>A path from the folder as messages write it.</summary>
    public string NameOf(string path) => Path.Combine(Folder, path);
}
