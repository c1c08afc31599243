using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Configurations;

/// <summary>The types of policies that <c>provablesec.json</c> lists, in the folder of a policy or above it, up to the top of the repository: the nearest one that is there counts.</summary>
/// <param name="allowOutside">Whether the files that it names may lie outside of its repository.</param>
/// <param name="refuse">Takes what is wrong with one.</param>
internal sealed class ConfiguredTypes(bool allowOutside, Action<string> refuse)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "provablesec.json";

    private static readonly Dictionary<string, PolicyType> None = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Dictionary<string, PolicyType>> ofFolders = new(StringComparer.Ordinal);

    /// <summary>The type of a file; null where nobody says.</summary>
    /// <param name="path">The file.</param>
    public PolicyType? Of(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? full;
        if (!ofFolders.TryGetValue(folder, out Dictionary<string, PolicyType>? types))
        {
            ofFolders[folder] = types = Nearest(folder) is { } configuration ? Read(configuration) : None;
        }

        return types.TryGetValue(full, out PolicyType type) ? type : null;
    }

    private static string? Nearest(string folder)
    {
        string top = FileTree.RepositoryRoot(folder) ?? folder;
        for (string? at = folder; at is not null && at.Length >= top.Length; at = Path.GetDirectoryName(at))
        {
            if (Path.Combine(at, FileName) is var file && File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private Dictionary<string, PolicyType> Read(string configuration)
    {
        // The files of many folders have the same one.
        string key = Path.GetDirectoryName(configuration)!;
        if (ofFolders.TryGetValue(key, out Dictionary<string, PolicyType>? known))
        {
            return known;
        }

        var types = new Dictionary<string, PolicyType>(StringComparer.Ordinal);
        ofFolders[key] = types;
        var scope = InputScope.Around(configuration, allowOutside);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, configuration);
        string name = (relative.StartsWith("..", StringComparison.Ordinal) ? configuration : relative).Replace('\\', '/');
        if (InputFile.TryRead(configuration, name, out PolicyProblem? unreadable, scope) is not { } source)
        {
            refuse(ProblemText.Of(unreadable!));
            return types;
        }

        JsonTree json = JsonTreeReader.Read(source);
        var problems = new ConfigurationProblems();
        foreach (PolicyProblem problem in json.Problems)
        {
            problems.Collected.Add(problem);
        }

        if (json.Root.TryGetProperty("documents", out JsonItem documents))
        {
            foreach (JsonItem element in documents.Elements())
            {
                if (element.TryGetProperty("type", out JsonItem said) && QueryReader.ReadType(said, problems.Collected) is { } type
                    && element.TryGetProperty("files", out JsonItem files) && files.Kind == JsonKind.String)
                {
                    foreach (string file in FilesOf(key, files.Text, scope))
                    {
                        types.TryAdd(Path.GetFullPath(Path.Combine(key, file)), type);
                    }
                }
            }
        }

        foreach (PolicyProblem problem in problems.Errors)
        {
            refuse(ProblemText.Of(problem));
        }

        return types;
    }

    private static IReadOnlyList<string> FilesOf(string folder, string pattern, InputScope scope)
    {
        try
        {
            return DocumentGlob.IsPattern(pattern) ? DocumentGlob.Find(folder, pattern, scope) : [pattern];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
