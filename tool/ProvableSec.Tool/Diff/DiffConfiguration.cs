using System.Collections.Concurrent;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>Finds the configuration of the new side, which says what binds whom.</summary>
/// <param name="request">What was asked.</param>
/// <param name="sides">The sides.</param>
internal sealed class DiffConfiguration(DiffRequest request, DiffSides sides)
{
    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);

    /// <summary>The files that were read for it, and folders; none of a revision, which has its name.</summary>
    public IEnumerable<string> Seen => seen.Keys;

    /// <summary>What is wrong with it, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why the configuration that was named cannot be read; null where it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads it; null where there is none.</summary>
    public StackConfiguration? Read()
    {
        if ((request.Configuration ?? Nearest()) is not { } file)
        {
            return null;
        }

        InputScope scope = InputScope.Around(file, allowOutside: false);
        string? problem = null;
        if (sides.Revision is { } revision)
        {
            if (RevisionFiles.TryOpen(sides.Root, revision, out problem) is not { } files)
            {
                Notes.Add($"{file} is not read: {problem}");
                return null;
            }

            scope = InputScope.At(files);
        }

        scope = scope.Noting(seen);

        string relative = Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(file));
        string name = (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace('\\', '/');
        if (InputFile.TryRead(file, name, out PolicyProblem? unreadable, scope) is not { } source)
        {
            // What nobody named need not be there at a revision.
            Refusal = request.Configuration is null ? null : ProblemText.Of(unreadable!);
            return null;
        }

        StackConfiguration configuration = ConfigurationReader.ReadStacks(source, scope);
        if (configuration.Problems.Count > 0)
        {
            Notes.Add($"{name} has errors, so that not all is known that binds the policies (provablesec verify says more): "
                + ProblemText.Of(configuration.Problems[0]));
        }

        return configuration;
    }

    private string? Nearest()
    {
        string root = Path.GetFullPath(sides.Root);
        string top = FileTree.RepositoryRoot(root) ?? root;
        for (string? at = root; at is not null && at.Length >= top.Length; at = Path.GetDirectoryName(at))
        {
            if (Path.Combine(at, NearestConfigurations.FileName) is var file && (sides.Revision is not null || File.Exists(file)))
            {
                return file;
            }
        }

        return null;
    }
}
