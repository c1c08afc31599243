using System.Collections.Concurrent;

namespace ProvableSec.Tool.Files;

/// <summary>
/// Which files are read that the command line does not name itself: those in folders and of patterns, and those that configurations, questions and cases name.
/// All of
/// that can be somebody's pull request, and a link or a path in it must not lead to what only the machine that reads it should know.
/// </summary>
internal sealed class InputScope
{
    private const string Option = "--allow-outside";

    private readonly string? top;
    private readonly ConcurrentDictionary<string, bool>? seen;

    private InputScope(string? top, ConcurrentDictionary<string, bool>? seen = null)
    {
        this.top = top;
        this.seen = seen;
    }

    /// <summary>The revision whose files are read in place of those on disk; null for those on disk.</summary>
    public RevisionFiles? Revision { get; private init; }

    /// <summary>Files anywhere.</summary>
    public static InputScope Everywhere { get; } = new(null);

    /// <summary>The repository that a folder lies in, but for its <c>.git</c>; where it lies in none, the current folder if it lies in that, else the folder
    /// itself.</summary>
    /// <param name="folder">The folder; empty for the current one.</param>
    /// <param name="allowOutside">Whether the user lets files anywhere be read.</param>
    public static InputScope Of(string folder, bool allowOutside)
    {
        if (allowOutside)
        {
            return Everywhere;
        }

        string place = RealPath.Of(folder.Length == 0 ? "." : folder) ?? Path.GetFullPath(folder);
        return new InputScope(FileTree.RepositoryRoot(place)
            ?? (RealPath.Of(".") is { } current && current != Path.GetPathRoot(current) && RealPath.IsInside(place, current) ? current : place));
    }

    /// <summary>That of the files which a file names.</summary>
    /// <param name="file">The file, or <c>-</c>, whose paths are relative to the current folder.</param>
    /// <param name="allowOutside">Whether the user lets files anywhere be read.</param>
    public static InputScope Around(string file, bool allowOutside) =>
        Of(file == InputFile.StandardInputName ? "" : Path.GetDirectoryName(file) ?? "", allowOutside);

    /// <summary>The files of a repository as they are at a revision.</summary>
    public static InputScope At(RevisionFiles revision) => new(null) { Revision = revision };

    /// <summary>Whether there is a folder.</summary>
    public bool HasFolder(string path) => Revision?.HasFolder(path) ?? Directory.Exists(path);

    /// <summary>Whether there is a file.</summary>
    public bool HasFile(string path) => Revision is { } revision ? revision.ContentOf(path) is not null : File.Exists(path);

    /// <summary>The same scope, which notes what was asked about.</summary>
    /// <param name="to">Takes the files and folders, each by where it really is; null for nobody.</param>
    public InputScope Noting(ConcurrentDictionary<string, bool>? to) => new(top, to) { Revision = Revision };

    /// <summary>Why a file or folder is not read, to be put behind its name; null when it may be.</summary>
    public string? Refusal(string path)
    {
        if (top is null && seen is null)
        {
            return null;
        }

        string? place = RealPath.Of(path);
        seen?.TryAdd(place ?? path, true);
        if (top is null)
        {
            return null;
        }

        return place is null ? "is a link that leads in a circle"
            : !RealPath.IsInside(place, top) ? $"lies outside of {top}; {Option} lets it be read"
            // The configuration in it holds a job's token.
            : RealPath.IsInGitFolder(place[top.Length..]) ? $"lies in the .git of {top}; {Option} lets it be read"
            : null;
    }

    /// <summary>
    /// Whether there is nothing to read in a file: it is empty, or a pipe or device, which are never waited for unless the user names them. Files that the
    /// system makes
    /// up have no length either; whoever wants to read one names it.
    /// </summary>
    public static bool IsEmpty(string path) => RealPath.Of(path) is { } place && new FileInfo(place) is { Exists: true, Length: 0 };
}
