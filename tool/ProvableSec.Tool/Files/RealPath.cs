using System.Globalization;

namespace ProvableSec.Tool.Files;

/// <summary>Where a path leads when every link on the way is followed, as the system does.</summary>
internal static class RealPath
{
    // As Linux: this many links are a circle.
    private const int MostLinks = 40;

    /// <summary>The absolute path without links. What does not exist is taken for what it will be.</summary>
    /// <param name="path">A path.</param>
    /// <returns>Null when links lead in a circle.</returns>
    public static string? Of(string path)
    {
        string full = Path.GetFullPath(path);
        string at = Path.GetPathRoot(full)!;
        var steps = new Stack<string>(Steps(full[at.Length..]));
        int links = 0;
        while (steps.TryPop(out string? step))
        {
            string next = step == ".." ? Path.GetDirectoryName(at) ?? at : step == "." ? at : Path.Combine(at, step);
            if (LinkTarget(next) is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            string root = Path.IsPathRooted(target) ? Path.GetPathRoot(Path.GetFullPath(target))! : "";
            at = root.Length > 0 ? root : at;
            foreach (string inner in Steps(target[Math.Min(root.Length, target.Length)..]))
            {
                steps.Push(inner);
            }
        }

        return at;
    }

    /// <summary>Whether a path without links is a folder or lies in it.</summary>
    public static bool IsInside(string path, string folder) =>
        path.StartsWith(folder, PathComparison) && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder)
            || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>
    /// Whether a path leads into a <c>.git</c>, however a file system lets that be written: in capitals, with format characters or a dot behind it, which some
    /// leave
    /// away, or as the short name of Windows. Git checks none of these out (CVE-2014-9390), but the target of a link is any text.
    /// </summary>
    public static bool IsInGitFolder(string path) => Steps(path).Any(step =>
        string.Concat(step.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)).TrimEnd('.', ' ') is var name
        && (name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Equals("git~1", StringComparison.OrdinalIgnoreCase)));

    private static StringComparison PathComparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The steps of a path, the last one first.</summary>
    private static IEnumerable<string> Steps(string path) => path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
        StringSplitOptions.RemoveEmptyEntries).Reverse();

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be opened either, which then says why.
            return null;
        }
    }
}
