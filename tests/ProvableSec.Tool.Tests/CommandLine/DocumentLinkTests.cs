using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>The pages of the repository lead to each other.</summary>
public sealed partial class DocumentLinkTests
{
    private static readonly string[] Folders = ["docs", "samples", "analyzers", "bench", "reasoning", "rules", "runtime", "testing"];

    /// <summary>The pages that people read.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
        .. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj" or "node_modules")),
    ];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = new List<string>();
        foreach (string page in Pages)
        {
            foreach (string target in Links().Matches(Fenced().Replace(File.ReadAllText(page), "")).Select(link => link.Groups["target"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = target.Split('#', 2);
                string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                if ((!File.Exists(file) && !Directory.Exists(file)) || (parts.Length > 1 && !Anchors(file).Contains(parts[1])))
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, page)}: {target}");
                }
            }
        }

        Assert.Equal([], broken);
    }

    [Fact]
    public void The_index_of_the_documentation_leads_to_every_page()
    {
        string docs = Path.Combine(Repository.Root, "docs"), index = File.ReadAllText(Path.Combine(docs, "README.md"));
        Assert.Equal([], Directory.GetFiles(docs, "*.md").Select(Path.GetFileName)
            .Where(name => name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal)));
        Assert.Equal([], Directory.GetDirectories(Path.Combine(Repository.Root, "samples")).Select(Path.GetFileName)
            .Where(name => !index.Contains($"(../samples/{name}/README.md)", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    /// <summary>The headings as GitHub names them: small letters, hyphens for spaces, no other signs.</summary>
    private static HashSet<string> Anchors(string file) =>
        [.. File.ReadLines(file).Where(line => line.StartsWith('#')).Select(line => Signs().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "")
            .Replace(' ', '-'))];

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Signs();
}
