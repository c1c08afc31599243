namespace ProvableSec.Tool.Files;

/// <summary>Files as they are at a revision of their repository, read from git's objects and without checking anything out.</summary>
internal sealed class RevisionFiles
{
    private const int ShownDigits = 10;

    private readonly GitCommand git;
    private readonly Dictionary<string, string> listed;

    private RevisionFiles(GitCommand git, string name, Dictionary<string, string> listed)
    {
        this.git = git;
        this.listed = listed;
        Name = name;
    }

    /// <summary>The revision and the commit that it stands for, as messages name them.</summary>
    public string Name { get; }

    /// <summary>Finds the files of a revision.</summary>
    /// <param name="folder">Any folder of the repository.</param>
    /// <param name="revision">A branch, a tag, a commit or another name of one.</param>
    /// <param name="problem">Why there are none, and what to do, in a sentence without a stop.</param>
    public static RevisionFiles? TryOpen(string folder, string revision, out string? problem)
    {
        var git = new GitCommand(folder.Length == 0 ? "." : folder);
        var revisions = new GitRevisions(git);
        if (!revisions.IsRepository)
        {
            problem = $"{git.Folder} is not in a git repository, or git is not installed";
            return null;
        }

        if (revisions.Commit(revision) is not { } commit)
        {
            problem = revisions.NoCommit(revision);
            return null;
        }

        if (revisions.Files(commit) is not { } files)
        {
            problem = $"git cannot list the files of {revision} (git fsck says what is broken)";
            return null;
        }

        problem = null;
        return new RevisionFiles(git, commit.StartsWith(revision, StringComparison.Ordinal) ? revision : $"{revision} ({commit[..ShownDigits]})", files);
    }

    /// <summary>Whether a file lies in the repository, now or at any revision.</summary>
    public bool IsInside(string path) => InRepository(path) is { } inside && inside != ".." && !inside.StartsWith("../", StringComparison.Ordinal)
        && !Path.IsPathRooted(inside);

    /// <summary>What git calls the content of a file; null where no regular file is at that path in the revision.</summary>
    public string? ContentOf(string path) => listed.GetValueOrDefault(InRepository(path));

    /// <summary>Contents by what git calls them; null for one that is missing or over the size limit of files.</summary>
    /// <returns>Null when git failed.</returns>
    public Dictionary<string, byte[]?>? Read(IReadOnlyCollection<string> contents) => GitBlobs.Read(git, contents);

    private string InRepository(string path) => Path.GetRelativePath(git.Folder, Path.GetFullPath(path)).Replace('\\', '/');
}
