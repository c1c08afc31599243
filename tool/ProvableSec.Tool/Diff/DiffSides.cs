using System.Security.Cryptography;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Documents;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Diff;

/// <summary>Finds the two sides that a command line means: revisions of the repository, the working tree, or two files or folders.</summary>
/// <param name="repository">A folder of the repository.</param>
/// <param name="refuse">Takes what is wrong, and what to do.</param>
internal sealed class DiffSides(string repository, Action<string> refuse)
{
    private const string WorkingTree = "the working tree", NamedFile = "";

    private readonly GitCommand git = new(repository);

    /// <summary>True where single files were named: what holds no policy is an error then.</summary>
    public bool AreNamed { get; private set; }

    /// <summary>The folder of the new side.</summary>
    public string Root { get; private set; } = ".";

    /// <summary>The revision that the new side is; null for what is on disk.</summary>
    public string? Revision { get; private set; }

    /// <summary>The sides; null where something is wrong.</summary>
    public (DiffSide Before, DiffSide After)? Find(IReadOnlyList<string> arguments) => arguments switch
    {
        [var old, var changed] => Paths(old, changed),
        [var range] => Revisions(range),
        _ => Revisions(null),
    };

    private (DiffSide, DiffSide)? Paths(string old, string changed)
    {
        foreach (string path in (string[])[old, changed])
        {
            if (!Path.Exists(path))
            {
                refuse(new GitRevisions(git).Commit(path) is null ? $"{path} does not exist"
                    : $"{path} is a revision, not a file; two revisions are written {old}..{changed}");
                return null;
            }
        }

        if (Directory.Exists(old) != Directory.Exists(changed))
        {
            refuse($"{old} and {changed}: one is a folder and the other a file; name two files or two folders");
            return null;
        }

        AreNamed = !Directory.Exists(old);
        Root = AreNamed ? Path.GetDirectoryName(Path.GetFullPath(changed))! : changed;
        return Side(old) is { } before && Side(changed) is { } after ? (before, after) : null;
    }

    private DiffSide? Side(string path)
    {
        var files = new Dictionary<string, SideFile>(StringComparer.Ordinal);
        if (AreNamed)
        {
            byte[]? content = InputFile.TryReadBytes(path, path, out PolicyProblem? problem);
            if (content is null)
            {
                refuse(problem!.Message);
                return null;
            }

            files.Add(NamedFile, new SideFile(path.Replace('\\', '/'), path, Convert.ToHexString(SHA256.HashData(content)), content));
            return new DiffSide(path, files);
        }

        string prefix = path.Replace('\\', '/').TrimEnd('/') + "/";
        foreach (FileTree.Entry entry in new FileTree(ignoreFiles: true).Files(path).Where(entry => IsRead(entry.Name)))
        {
            SideFile file = Read(entry.FullPath, entry.Name, content => Convert.ToHexString(SHA256.HashData(content)));
            files[entry.Name.StartsWith(prefix, StringComparison.Ordinal) ? entry.Name[prefix.Length..] : entry.Name] = file;
        }

        return new DiffSide(path, files);
    }

    private (DiffSide, DiffSide)? Revisions(string? range)
    {
        var revisions = new GitRevisions(git);
        if (!revisions.IsRepository)
        {
            refuse(range is not null && Path.Exists(range)
                ? $"{range} is one path; name the old and the new one: provablesec diff OLD NEW"
                : "this is not a git repository (or git is not installed); name two files or folders: provablesec diff OLD NEW");
            return null;
        }

        (string? from, string? to) = range?.Split("...", 2) is [var left, var right] ? (left, right) : range?.Split("..", 2) is [var one, var other]
            ? (one, other) : (range, null);
        from = from is { Length: > 0 } ? from : revisions.DefaultBranch();
        if (from is null)
        {
            refuse("the repository has no branch main or master and no origin/HEAD to compare with; name what to compare with: provablesec diff BASE (git "
                + "remote set-head origin --auto sets origin/HEAD)");
            return null;
        }

        string head = to is { Length: > 0 } ? to : "HEAD";
        if (Commit(revisions, from) is not { } start || Commit(revisions, head) is not { } end)
        {
            return null;
        }

        if (revisions.MergeBase(start, end) is not { } common)
        {
            refuse(revisions.IsShallow
                ? $"the clone is shallow and lacks the commit that {from} and {head} have in common: git fetch --unshallow, or fetch-depth: 0 in the "
                    + $"checkout step"
                : $"{from} and {head} have no commit in common; name a revision that {head} descends from");
            return null;
        }

        if (revisions.Files(common) is not { } listed || (to is not null ? revisions.Files(end) : []) is not { } changed)
        {
            refuse($"git cannot list the files of {from}{(revisions.IsShallow ? ": the clone is shallow (git fetch --unshallow)" : " (git fsck says what is broken)")}");
            return null;
        }

        Root = git.Folder;
        Revision = to is null ? null : end;
        string shown = $"{Short(from)} ({common[..Math.Min(10, common.Length)]})";
        Dictionary<string, SideFile>? after = to is null ? OfWorkingTree(listed.Values.FirstOrDefault() ?? "") : OfRevision(changed);
        Dictionary<string, SideFile>? before = after is null ? null : OfRevision(listed, to is null ? after : null);
        if (before is null || after is null)
        {
            refuse("git cannot read the files that it has stored (git fsck says what is broken; in a partial clone: git fetch --refetch --no-filter)");
            return null;
        }

        return (new DiffSide(shown, before), new DiffSide(to is null ? WorkingTree : $"{Short(head)} ({end[..Math.Min(10, end.Length)]})", after));
    }

    private string? Commit(GitRevisions revisions, string name)
    {
        string? commit = revisions.Commit(name);
        if (commit is null)
        {
            refuse(Path.Exists(name)
                ? $"{name} is a path, not a revision; to compare two files or folders name both: provablesec diff OLD NEW"
                : revisions.NoCommit(name));
        }

        return commit;
    }

    /// <summary>The files of a revision; those that another side has are not read again.</summary>
    private Dictionary<string, SideFile>? OfRevision(Dictionary<string, string> listed, Dictionary<string, SideFile>? known = null)
    {
        KeyValuePair<string, string>[] files = [.. listed.Where(file => IsRead(file.Key))];
        HashSet<string> wanted = [.. files.Where(file => known is null || !known.TryGetValue(file.Key, out SideFile? same) || same.Id != file.Value)
            .Select(file => file.Value)];
        return GitBlobs.Read(git, wanted) is not { } contents ? null
            : files.ToDictionary(
                file => file.Key,
                file => new SideFile(file.Key, Path.Combine(git.Folder, file.Key), file.Value,
                    wanted.Contains(file.Value) ? contents.GetValueOrDefault(file.Value) : known![file.Key].Content),
                StringComparer.Ordinal);
    }

    private Dictionary<string, SideFile>? OfWorkingTree(string like)
    {
        string top = git.Folder;
        var files = new Dictionary<string, SideFile>(StringComparer.Ordinal);
        foreach (FileTree.Entry entry in new FileTree(ignoreFiles: true).Files(top).Where(entry => IsRead(entry.Name)))
        {
            files[entry.Path] = Read(entry.FullPath, entry.Path, content => GitRevisions.NameOf(content, like));
        }

        return files;
    }

    private SideFile Read(string path, string name, Func<byte[], string> id)
    {
        byte[]? content = InputFile.TryReadBytes(path, name, out PolicyProblem? problem);
        if (content is null)
        {
            refuse(problem!.Message);
        }

        return new SideFile(name, path, content is null ? "" : id(content), content);
    }

    private static bool IsRead(string name) => ReadDocument.Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private static string Short(string name) => name.StartsWith("refs/remotes/", StringComparison.Ordinal) ? name["refs/remotes/".Length..]
        : name.StartsWith("refs/heads/", StringComparison.Ordinal) ? name["refs/heads/".Length..] : name;
}
