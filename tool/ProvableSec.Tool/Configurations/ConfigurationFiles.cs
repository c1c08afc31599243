using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>The files of a configuration: the one that was named, after those that it extends, each once.</summary>
internal sealed class ConfigurationFiles
{
    /// <summary>How many files a configuration may be made of.</summary>
    public const int Most = 64;

    private readonly InputScope scope;
    private readonly Dictionary<string, bool> isRead = new(StringComparer.Ordinal);
    private readonly List<(DocumentText Source, JsonTree Json, ConfigurationProblems Problems)> read = [];
    private readonly List<string> open = [];

    private ConfigurationFiles(InputScope scope) => this.scope = scope;

    /// <summary>Reads a configuration and what it extends.</summary>
    /// <param name="source">The file that was named.</param>
    /// <param name="scope">Which files it may extend.</param>
    /// <param name="problems">Takes what is wrong with the texts, what they extend and their variables, each with its place in its file.</param>
    /// <returns>The files, those that are extended first.</returns>
    public static IReadOnlyList<ConfigurationFile> Read(DocumentText source, InputScope scope, List<PolicyProblem> problems)
    {
        var files = new ConfigurationFiles(scope);
        files.Add(source);
        var variables = new ConfigurationVariables();
        foreach ((_, JsonTree json, ConfigurationProblems own) in files.read)
        {
            if (json.Root.TryGetProperty("variables", out JsonItem defined))
            {
                variables.Add(defined, own);
            }
        }

        var filled = new List<ConfigurationFile>();
        foreach ((DocumentText text, JsonTree json, ConfigurationProblems own) in files.read)
        {
            filled.Add(variables.Fill(text, json, own));
        }

        problems.AddRange(files.read.SelectMany(file => file.Problems.All));
        return filled;
    }

    private void Add(DocumentText source)
    {
        string key = KeyOf(source.Name);
        isRead[key] = false;
        open.Add(source.Name);
        var problems = new ConfigurationProblems();
        JsonTree json = JsonTreeReader.Read(source);
        if (RecognizedInput.InsteadOf(RecognizedInput.Configuration, source) is { } other)
        {
            problems.Collected.Add(other);
        }
        else
        {
            foreach (PolicyProblem problem in json.Problems)
            {
                problems.Collected.Add(problem);
            }

            if (json.Root.Kind != JsonKind.Object)
            {
                problems.Collected.WrongType(json.Root, "a configuration", "an object with version and properties");
            }

            if (json.Root.TryGetProperty("extends", out JsonItem extended))
            {
                Extend(source, extended, problems);
            }
        }

        read.Add((source, json, problems));
        open.RemoveAt(open.Count - 1);
        isRead[key] = true;
    }

    private void Extend(DocumentText source, JsonItem value, ConfigurationProblems problems)
    {
        if (value.Kind is not (JsonKind.String or JsonKind.Array))
        {
            problems.Collected.WrongType(value, "extends", "the path of a configuration, or an array of them");
        }

        foreach (JsonItem item in value.Kind == JsonKind.String ? [value] : value.Items())
        {
            if (problems.Collected.ExpectString(item, "extends") is not { } path)
            {
                continue;
            }

            string file = Path.Combine(source.Name == InputFile.StandardInputName ? "" : Path.GetDirectoryName(source.Name) ?? "", path);
            string key = KeyOf(file);
            if (isRead.TryGetValue(key, out bool isDone))
            {
                if (!isDone)
                {
                    IEnumerable<string> circle = open.SkipWhile(name => KeyOf(name) != key).Append(file);
                    problems.Add(item, ProblemCode.ConflictingElements, $"extends leads in a circle: {string.Join(" → ", circle)}; take one of them out");
                }
            }
            else if (isRead.Count >= Most)
            {
                problems.Add(item, ProblemCode.TooLarge, $"a configuration is made of at most {Most} files; extend fewer");
            }
            else if (path.Length == 0)
            {
                problems.Add(item, ProblemCode.InvalidValue, "the path of what is extended is empty");
            }
            else if (InputFile.TryRead(file, file, out PolicyProblem? unreadable, scope) is { } text)
            {
                Add(text);
            }
            else
            {
                isRead[key] = true;
                problems.Add(item, ProblemCode.UnreadableFile, unreadable!.Message);
            }
        }
    }

    private static string KeyOf(string file) => file == InputFile.StandardInputName ? file : Path.GetFullPath(file);
}
