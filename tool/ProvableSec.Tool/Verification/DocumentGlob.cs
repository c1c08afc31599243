using System.IO.Enumeration;

namespace ProvableSec.Tool.Verification;

/// <summary>Finds files by a path with <c>*</c> and <c>?</c> within names and <c>**</c> for any folders. Links to folders are not followed by <c>**</c>.</summary>
internal static class DocumentGlob
{
    /// <summary>True when the text is a pattern rather than the path of one file.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The files that match, as paths relative to the folder, with slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Find(string folder, string pattern)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        string[] steps = pattern.Split('/', '\\');
        bool rooted = Path.IsPathRooted(pattern);
        Walk(rooted ? Path.GetPathRoot(pattern)! : folder, rooted ? steps[0] + "/" : "", rooted ? steps[1..] : steps, found);
        return [.. found];
    }

    private static void Walk(string folder, string prefix, ReadOnlySpan<string> steps, SortedSet<string> found)
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
                Walk(Path.Combine(folder, step), step.Length == 0 ? prefix : $"{prefix}{step}/", steps[1..], found);
            }

            return;
        }

        if (step == "**")
        {
            Walk(folder, prefix, steps.Length > 1 ? steps[1..] : (string[])["*"], found);
            foreach (DirectoryInfo inner in new DirectoryInfo(place).EnumerateDirectories())
            {
                if (inner.LinkTarget is null)
                {
                    Walk(Path.Combine(folder, inner.Name), $"{prefix}{inner.Name}/", steps, found);
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
                Walk(Path.Combine(folder, entry.Name), $"{prefix}{entry.Name}/", steps[1..], found);
            }
            else if (steps.Length == 1 && entry is FileInfo)
            {
                found.Add(prefix + entry.Name);
            }
        }
    }
}
