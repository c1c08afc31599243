namespace ProvableSec.Tool.Files;

/// <summary>Which files of a working tree differ from a revision, by their contents: what git would have to convert counts as different.</summary>
internal sealed class ChangedFiles
{
    private readonly string top;
    private readonly Dictionary<string, string> before;

    private ChangedFiles(string top, Dictionary<string, string> before, string name)
    {
        this.top = top;
        this.before = before;
        Name = name;
    }

    /// <summary>The revision, for messages.</summary>
    public string Name { get; }

    /// <summary>What differs from the commit that a revision and HEAD have in common.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="problem">Why nobody knows, and what to do.</param>
    public static ChangedFiles? Since(string revision, string folder, out string problem)
    {
        var git = new GitCommand(folder);
        var revisions = new GitRevisions(git);
        problem = "";
        if (!revisions.IsRepository)
        {
            problem = "--changed-since needs a git repository (and git)";
        }
        else if (revision == "HEAD" && revisions.HasNoCommit)
        {
            // What becomes the first commit differs from nothing.
            return new ChangedFiles(RealPath.Of(git.Folder) ?? git.Folder, [], revision);
        }
        else if (revisions.Commit(revision) is not { } commit || revisions.Commit("HEAD") is not { } head)
        {
            problem = revisions.NoCommit(revision);
        }
        else if (revisions.MergeBase(commit, head) is not { } common)
        {
            problem = revisions.IsShallow
                ? $"the clone is shallow and lacks the commit that {revision} and HEAD have in common: git fetch --unshallow, or fetch-depth: 0 in the checkout step"
                : $"{revision} and HEAD have no commit in common";
        }
        else if (revisions.Files(common) is not { } files)
        {
            problem = $"git cannot list the files of {revision}";
        }
        else
        {
            return new ChangedFiles(RealPath.Of(git.Folder) ?? git.Folder, files, revision);
        }

        return null;
    }

    /// <summary>Whether a file is another, or was not there; true as well for one outside of the repository, of which nobody knows.</summary>
    public bool HasChanged(string path)
    {
        if (RealPath.Of(path) is not { } place || !RealPath.IsInside(place, top)
            || !before.TryGetValue(Path.GetRelativePath(top, place).Replace('\\', '/'), out string? name))
        {
            return true;
        }

        return InputFile.TryReadBytes(place, place, out _) is not { } content || GitRevisions.NameOf(content, name) != name;
    }

    /// <summary>Whether a folder has lost a file.</summary>
    /// <param name="folders">The folders, each by where it really is.</param>
    public bool HaveLostFiles(IReadOnlySet<string> folders) =>
        before.Keys.Any(path => folders.Contains(Path.GetDirectoryName(Path.Combine(top, path))!) && !Path.Exists(Path.Combine(top, path)));
}
