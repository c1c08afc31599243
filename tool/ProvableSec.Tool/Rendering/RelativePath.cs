namespace ProvableSec.Tool.Rendering;

/// <summary>Paths as other machines can use them: relative, with slashes.</summary>
internal static class RelativePath
{
    /// <summary>Relative to the current folder if the file lies in it (a CI job runs where the repository is), else to the configuration's.</summary>
    public static string Of(string file, string configuration)
    {
        string current = Path.GetRelativePath(Environment.CurrentDirectory, file);
        string path = Outside(current) ? Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(configuration))!, file) : current;
        return path.Replace('\\', '/');
    }

    /// <summary>A message whose paths are those of the configuration, if that was named by an absolute path.</summary>
    public static string InText(string text, string configuration) =>
        Path.IsPathRooted(configuration) && Path.GetDirectoryName(configuration) is { Length: > 1 } folder
            ? text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            : text;

    private static bool Outside(string path) => Path.IsPathRooted(path) || path == ".." || path.StartsWith("../", StringComparison.Ordinal)
        || path.StartsWith("..\\", StringComparison.Ordinal);
}
