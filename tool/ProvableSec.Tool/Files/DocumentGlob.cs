using System.IO.Enumeration;

namespace ProvableSec.Tool.Files;

/// <summary>
/// Finds files by a path with <c>*</c> and <c>?</c> within names and <c>**</c> for any folders. Links to folders are not followed by <c>**</c>. A folder whose
/// files may
/// not be read is not looked into: it stands in the result itself, so that reading it says why.
/// </summary>
internal sealed class DocumentGlob
{
    private readonly SortedSet<string> found = new(StringComparer.Ordinal);
    private readonly InputScope scope;

    private DocumentGlob(InputScope scope) => this.scope = scope;

    /// <summary>True when the text is a pattern rather than the path of one file.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The folder that all files lie in which a pattern finds.</summary>
    public static string FolderOf(string pattern)
    {
        int wildcard = pattern.AsSpan().IndexOfAny('*', '?');
        int step = pattern.AsSpan(0, wildcard < 0 ? pattern.Length : wildcard).LastIndexOfAny('/', '\\');
        return pattern[..(step + 1)];
    }

    /// <summary>Whether a pattern would find a file, whether it is there or not.</summary>
    /// <param name="folder">The folder that the pattern is relative to.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The file.</param>
    public static bool Matches(string folder, string pattern, string path)
    {
        return Match([.. Path.GetFullPath(Path.Combine(folder, pattern)).Split('/', '\\')], [.. Path.GetFullPath(path).Split('/', '\\')]);

        static bool Match(ReadOnlySpan<string> steps, ReadOnlySpan<string> names) =>
            steps.IsEmpty ? names.IsEmpty
            : steps[0] == "**" ? (steps.Length == 1 && !names.IsEmpty) || Match(steps[1..], names) || (!names.IsEmpty && Match(steps, names[1..]))
            : !names.IsEmpty && (steps[0] == names[0] || FileSystemName.MatchesSimpleExpression(steps[0], names[0], ignoreCase: false))
            && Match(steps[1..], names[1..]);
    }

    /// <summary>The files that match, as paths relative to the folder, with slashes, in ordinal order.</summary>
    /// <param name="folder">The folder; empty for the current one.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="scope">Which folders are looked into.</param>
    public static IReadOnlyList<string> Find(string folder, string pattern, InputScope scope)
    {
        if (scope.Revision is { } revision)
        {
            string[] matching = [.. revision.Paths.Where(path => Matches(folder, pattern, path))];
            revision.Prefetch(matching);
            return [.. matching.Select(path => Path.GetRelativePath(folder.Length == 0 ? "." : folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }

        var glob = new DocumentGlob(scope);
        string[] steps = pattern.Split('/', '\\');
        bool rooted = Path.IsPathRooted(pattern);
        glob.Walk(rooted ? Path.GetPathRoot(pattern)! : folder, rooted ? steps[0] + "/" : "", rooted ? steps[1..] : steps);
        return [.. glob.found];
    }

    private void Walk(string folder, string prefix, ReadOnlySpan<string> steps)
    {
        string place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place))
        {
            return;
        }

        string step = steps[0];
        if (step is "." or ".." or "")
        {
            if (steps.Length > 1)
            {
                Walk(Path.Combine(folder, step), step.Length == 0 ? prefix : $"{prefix}{step}/", steps[1..]);
            }

            return;
        }

        if (steps.Length > 1 && !IsPattern(step))
        {
            Walk(Path.Combine(folder, step), $"{prefix}{step}/", steps[1..]);
            return;
        }

        if (scope.Refusal(place) is not null)
        {
            found.Add(prefix.Length > 1 ? prefix.TrimEnd('/') : place);
            return;
        }

        if (step == "**")
        {
            Walk(folder, prefix, steps.Length > 1 ? steps[1..] : (string[])["*"]);
            foreach (DirectoryInfo inner in new DirectoryInfo(place).EnumerateDirectories())
            {
                if (inner.LinkTarget is null)
                {
                    Walk(Path.Combine(folder, inner.Name), $"{prefix}{inner.Name}/", steps);
                }
            }

            return;
        }

        foreach (FileSystemInfo entry in new DirectoryInfo(place).EnumerateFileSystemInfos())
        {
            if (!FileSystemName.MatchesSimpleExpression(step, entry.Name, ignoreCase: false))
            {
                continue;
            }

            if (steps.Length > 1 && entry is DirectoryInfo)
            {
                Walk(Path.Combine(folder, entry.Name), $"{prefix}{entry.Name}/", steps[1..]);
            }
            else if (steps.Length == 1 && entry is FileInfo)
            {
                found.Add(prefix + entry.Name);
            }
        }
    }
}
