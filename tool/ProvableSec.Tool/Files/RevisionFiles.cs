using System.Collections.Concurrent;

namespace ProvableSec.Tool.Files;

/// <summary>Files as they are at a revision of their repository, read from git's objects and without checking anything out.</summary>
internal sealed class RevisionFiles
{
    private const int ShownDigits = 10;

    private readonly ConcurrentDictionary<string, byte[]?> known = new(StringComparer.Ordinal);
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

    /// <summary>The files, as full paths.</summary>
    public IEnumerable<string> Paths => listed.Keys.Select(path => Path.Combine(git.Folder, path));

    /// <summary>Whether there is a folder.</summary>
    public bool HasFolder(string path) => InRepository(path) is var inside
        && (inside == "." || listed.Keys.Any(file => file.StartsWith(inside + "/", StringComparison.Ordinal)));

    /// <summary>Reads files in one run of git, so that <see cref="BytesOf"/> has them.</summary>
    public void Prefetch(IEnumerable<string> paths)
    {
        string[] wanted = [.. paths.Select(ContentOf).OfType<string>().Distinct().Where(content => !known.ContainsKey(content))];
        foreach ((string content, byte[]? bytes) in Read(wanted) ?? [])
        {
            known[content] = bytes;
        }
    }

    /// <summary>The content of a file; null where there is none, or it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why there is none, to be put behind its name.</param>
    public byte[]? BytesOf(string path, out string? problem)
    {
        if (ContentOf(path) is not { } content)
        {
            problem = $"is not a file in {Name}";
            return null;
        }

        Prefetch([path]);
        byte[]? bytes = known.GetValueOrDefault(content);
        problem = bytes is not null ? null
            : $"at {Name} is larger than {InputFile.MaxBytes >> 20} MB or missing in this clone (in a partial clone: git fetch --refetch --no-filter)";
        return bytes;
    }

    /// <summary>Contents by what git calls them; null for one that is missing or over the size limit of files.</summary>
    /// <returns>Null when git failed.</returns>
    public Dictionary<string, byte[]?>? Read(IReadOnlyCollection<string> contents) => GitBlobs.Read(git, contents);

    private string InRepository(string path) => Path.GetRelativePath(git.Folder, Path.GetFullPath(path)).Replace('\\', '/');
}
