using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests;

/// <summary>The product code of the command, as it is written.</summary>
internal static partial class ToolSources
{
    /// <summary>Each file: its path in the project with slashes, and its text without comments.</summary>
    public static IEnumerable<(string Name, string Text)> All()
    {
        string root = Path.Combine(Repository.Root, "tool", "ProvableSec.Tool");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(source => !source.Name.StartsWith("obj/", StringComparison.Ordinal) && !source.Name.StartsWith("bin/", StringComparison.Ordinal))
            .OrderBy(source => source.Name, StringComparer.Ordinal)
            .Select(source => (source.Name, Comment().Replace(File.ReadAllText(source.File), "")));
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
