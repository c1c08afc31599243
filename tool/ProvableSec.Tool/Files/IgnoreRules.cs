
namespace ProvableSec.Tool.Files;

/// <summary>The ignore files that apply in a folder: its own and those of the folders above it, up to the root of the repository.</summary>
internal sealed class IgnoreRules
{
    /// <summary>An ignore file may have this many bytes; more is not a list that anybody wrote.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly IgnoreRules? outer;
    private readonly string folder;
    private readonly IgnorePattern[] patterns;

    private readonly IFileTreeReport? report;

    private IgnoreRules(IgnoreRules? outer, string folder, IgnorePattern[] patterns, IFileTreeReport? report)
    {
        this.report = report;
        this.outer = outer;
        this.folder = folder;
        this.patterns = patterns;
    }

    /// <summary>Nothing is ignored.</summary>
    public static IgnoreRules None { get; } = new(null, "", [], null);

    /// <summary>The rules of a folder that lies in a repository, or of the repository itself.</summary>
    /// <param name="root">The root of the repository, an absolute path.</param>
    /// <param name="relative">The folder's path from there, with slashes; empty for the root.</param>
    /// <param name="report">Is told what is to be said about an ignore file.</param>
    public static IgnoreRules At(string root, string relative, IFileTreeReport? report)
    {
        IgnoreRules rules = new IgnoreRules(null, "", [], report).With(Path.Combine(root, ".git", "info", "exclude"), "")
            .With(Path.Combine(root, ".gitignore"), "");
        for (int slash = relative.IndexOf('/', StringComparison.Ordinal); relative.Length > 0; slash = relative.IndexOf('/', slash + 1))
        {
            string folder = slash < 0 ? relative : relative[..slash];
            rules = rules.Inside(root, folder);
            if (slash < 0)
            {
                break;
            }
        }

        return rules;
    }

    /// <summary>These rules and those of a folder further down.</summary>
    public IgnoreRules Inside(string root, string relative) => With(Path.Combine(root, relative, ".gitignore"), relative);

    /// <summary>Whether git would not look at a file or folder. The last pattern that matches decides, and the nearest file before those above it.</summary>
    public bool Ignores(string relative, bool isFolder)
    {
        for (IgnoreRules? rules = this; rules is not null; rules = rules.outer)
        {
            ReadOnlySpan<char> path = relative.AsSpan(rules.folder.Length == 0 ? 0 : rules.folder.Length + 1);
            for (int i = rules.patterns.Length - 1; i >= 0; i--)
            {
                if (rules.patterns[i].Matches(path, isFolder))
                {
                    return !rules.patterns[i].IsNegated;
                }
            }
        }

        return false;
    }

    private IgnoreRules With(string file, string relative)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
            {
                return this;
            }

            // As git does, which follows no link to one.
            if (info.LinkTarget is not null || info.Length > MaxBytes)
            {
                report?.Note(
                    $"{file} is {(info.LinkTarget is null ? $"larger than the limit of {MaxBytes >> 20} MB" : "a link")} and not read; what it ignores is "
                        + $"scanned.");
                return this;
            }

            IgnorePattern[] patterns = [.. File.ReadLines(file).Select(IgnorePattern.Read).OfType<IgnorePattern>()];
            return patterns.Length == 0 ? this : new IgnoreRules(this, relative, patterns, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it more is scanned, never less.
            return this;
        }
    }
}
