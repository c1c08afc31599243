namespace ProvableSec.Testing.Sources;

/// <summary>Files by paths with <c>*</c> and <c>?</c> within names and <c>**</c> for any folders, as configurations name them.</summary>
internal static class FilePatterns
{
    /// <summary>The files, as paths from a folder, in ordinal order.</summary>
    public static IReadOnlyList<string> Find(string folder, string pattern)
    {
        if (pattern.IndexOfAny(['*', '?']) < 0)
        {
            return File.Exists(Path.Combine(folder, pattern)) ? [pattern] : [];
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        Walk(folder, "", pattern.Split('/', '\\'), 0, found);
        return [.. found];
    }

    private static void Walk(string folder, string prefix, string[] steps, int at, SortedSet<string> found)
    {
        string step = steps[at];
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (at == steps.Length - 1)
        {
            foreach (string name in Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>()
                .Where(name => step == "**" || NamePattern.Matches(step, name)))
            {
                found.Add(prefix + name);
            }
        }
        else if (step == "**")
        {
            Walk(folder, prefix, steps, at + 1, found);
        }

        if (step is "." or "..")
        {
            Walk(Path.Combine(folder, step), $"{prefix}{step}/", steps, at + 1, found);
            return;
        }

        foreach (string name in Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>())
        {
            if (step == "**")
            {
                Walk(Path.Combine(folder, name), $"{prefix}{name}/", steps, at, found);
            }
            else if (at < steps.Length - 1 && NamePattern.Matches(step, name))
            {
                Walk(Path.Combine(folder, name), $"{prefix}{name}/", steps, at + 1, found);
            }
        }
    }
}
