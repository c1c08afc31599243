using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Configurations;

/// <summary>The <c>provablesec.json</c> in the folder of a policy or above it, up to the top of the repository: the nearest one that is there counts.</summary>
/// <param name="allowOutside">Whether the files that it names may lie outside of its repository.</param>
/// <param name="refuse">Takes what is wrong with one.</param>
internal sealed class NearestConfigurations(bool allowOutside, Action<string> refuse)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "provablesec.json";

    private readonly Dictionary<string, NearestConfiguration?> ofFolders = new(StringComparer.Ordinal);

    /// <summary>The texts of those that were read so far, and of what they extend.</summary>
    public IEnumerable<string> Texts => ofFolders.Values.OfType<NearestConfiguration>().Distinct(ReferenceEqualityComparer.Instance)
        .Cast<NearestConfiguration>()
        .SelectMany(configuration => configuration.Files).Select(file => file.Source.Text).Distinct().Order(StringComparer.Ordinal);

    /// <summary>That of a file; null where there is none, or it cannot be read.</summary>
    /// <param name="path">The file.</param>
    public NearestConfiguration? Of(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!ofFolders.TryGetValue(folder, out NearestConfiguration? configuration))
        {
            ofFolders[folder] = configuration = Nearest(folder) is { } file ? Read(file) : null;
        }

        return configuration;
    }

    /// <summary>Says what is wrong with a part of one.</summary>
    public void Refuse(ConfigurationProblems problems)
    {
        foreach (PolicyProblem problem in problems.Errors)
        {
            refuse(ProblemText.Of(problem));
        }
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

    private NearestConfiguration? Read(string file)
    {
        // The files of many folders have the same one.
        string folder = Path.GetDirectoryName(file)!;
        if (ofFolders.TryGetValue(folder, out NearestConfiguration? known))
        {
            return known;
        }

        var scope = InputScope.Around(file, allowOutside);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        string name = (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace('\\', '/');
        if (InputFile.TryRead(file, name, out PolicyProblem? unreadable, scope) is not { } source)
        {
            refuse(ProblemText.Of(unreadable!));
            return ofFolders[folder] = null;
        }

        var problems = new List<PolicyProblem>();
        IReadOnlyList<ConfigurationFile> files = ConfigurationFiles.Read(source, scope, problems);
        foreach (PolicyProblem problem in problems.Where(problem => problem.IsError))
        {
            refuse(ProblemText.Of(problem));
        }

        return ofFolders[folder] = new NearestConfiguration(folder, source, files[^1].Json, files, scope);
    }
}
