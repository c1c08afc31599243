using System.Security.Cryptography;
using System.Text;

namespace ProvableSec.Tool.Files;

/// <summary>Revisions of a repository and the files of each.</summary>
/// <param name="git">The repository.</param>
internal sealed class GitRevisions(GitCommand git)
{
    private const string LinkMode = "120000", SubmoduleMode = "160000";

    /// <summary>The branches that a repository may call its default one, the first that is there counts.</summary>
    private static readonly string[] DefaultBranches = ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main",
        "refs/heads/master"];

    /// <summary>Whether git can read the repository at all.</summary>
    public bool IsRepository => git.Text("rev-parse", "--git-dir") is not null;

    /// <summary>Whether nothing was committed yet to the branch that is checked out.</summary>
    public bool HasNoCommit => git.Text("symbolic-ref", "--quiet", "HEAD")?.Trim() is { } branch && git.Text("show-ref", "--verify", branch) is null;

    /// <summary>Whether the clone lacks commits.</summary>
    public bool IsShallow => git.Text("rev-parse", "--is-shallow-repository")?.Trim() == "true";

    /// <summary>The commit that a name stands for; null for none.</summary>
    public string? Commit(string name) => git.Text("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")?.Trim() is { Length: > 0 } commit
        ? commit : null;

    /// <summary>Why a name stands for no commit, and what to do, in a sentence without a stop.</summary>
    public string NoCommit(string name) => $"{name} is not a revision of this repository"
        + (Commit("refs/remotes/origin/" + name) is not null ? $", and origin/{name} is: write that, or git fetch origin {name}:{name}"
            : IsShallow ? "; the clone is shallow: git fetch --unshallow, or fetch-depth: 0 in the checkout step"
            : "; git fetch brings those of the remote");

    /// <summary>The default branch; null where none of the usual ones is there.</summary>
    public string? DefaultBranch() => DefaultBranches.FirstOrDefault(branch => Commit(branch) is not null);

    /// <summary>The best common ancestor of two commits; null where none is there.</summary>
    public string? MergeBase(string one, string other) => git.Text("merge-base", one, other)?.Trim() is { Length: > 0 } found ? found : null;

    /// <summary>The regular files of a commit by their paths, with the names of their contents; null when git cannot list them.</summary>
    public Dictionary<string, string>? Files(string commit)
    {
        // "mode SP type SP object TAB path NUL", gitls-tree(1).
        if (git.Text("ls-tree", "-r", "-z", "--full-tree", commit) is not { } listed)
        {
            return null;
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in listed.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            int tab = entry.IndexOf('\t', StringComparison.Ordinal);
            string[] fields = tab < 0 ? [] : entry[..tab].Split(' ');
            if (fields.Length == 3 && fields[0] is not (LinkMode or SubmoduleMode))
            {
                files[entry[(tab + 1)..]] = fields[2];
            }
        }

        return files;
    }

    /// <summary>The name that git gives to a content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="like">Another name of the repository, which shows how it makes them.</param>
    public static string NameOf(byte[] content, string like)
    {
        byte[] head = Encoding.ASCII.GetBytes($"blob {content.Length}\0");
        // Names are what git makes them: SHA-1 in most repositories. Nothing is trusted on them but that a file is the same.
        using var hash = IncrementalHash.CreateHash(like.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(head);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
