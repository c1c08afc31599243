using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>
/// Which folders of a project refer to which, read from its source. A reference is a <c>using</c>, or the name of a type that is seen without one: that of a
/// namespace
/// around, or written behind the end of its namespace. A <c>using</c> that nobody needs does not build, and a constant counts too, which no assembly shows.
/// </summary>
internal sealed partial class ProjectFolders
{
    /// <summary>What the folder of the project itself is called.</summary>
    public const string Top = ".";

    private readonly SortedDictionary<string, SortedSet<string>> references = new(StringComparer.Ordinal);

    /// <summary>Reads source.</summary>
    /// <param name="sources">Each file: its path in the project, with slashes, and its text.</param>
    public ProjectFolders(IEnumerable<(string Path, string Text)> sources)
    {
        SourceFile[] files = [.. sources.Select(source => new SourceFile(source.Path, source.Text))];
        ILookup<string, SourceFile> declaring = files.SelectMany(file => file.Declared.Select(name => (Name: name, File: file)))
            .ToLookup(type => type.Name, type => type.File, StringComparer.Ordinal);
        ILookup<string, string> foldersOf = files.Where(file => file.Declared.Count > 0).Select(file => (file.Namespace, file.Folder)).Distinct()
            .ToLookup(known => known.Namespace, known => known.Folder, StringComparer.Ordinal);
        foreach (SourceFile file in files)
        {
            // A namespace of several folders says nothing of which; the names of its types do.
            foreach (string folder in file.Usings.Where(used => foldersOf[used].Count() == 1).SelectMany(used => foldersOf[used]))
            {
                Add(file, folder);
            }

            foreach (string folder in file.Names.SelectMany(name => FoldersOf(file, [.. declaring[name]])))
            {
                Add(file, folder);
            }

            foreach ((string behind, string name) in file.QualifiedNames)
            {
                foreach (SourceFile other in declaring[name].Where(other => other.Namespace == behind
                    || other.Namespace.EndsWith("." + behind, StringComparison.Ordinal)))
                {
                    Add(file, other.Folder);
                }
            }
        }
    }

    /// <summary>The references of each folder that has some.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> References => references;

    /// <summary>The project in a folder.</summary>
    public static ProjectFolders In(string project) => new(Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(project, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
        .Select(file => (file, File.ReadAllText(Path.Combine(project, file)))));

    /// <summary>The circles: folders each of which refers to all others of its circle in the end.</summary>
    public IEnumerable<string[]> Circles()
    {
        var reached = references.Keys.ToDictionary(folder => folder, Reached, StringComparer.Ordinal);
        return reached.Keys.Where(folder => reached[folder].Contains(folder))
            .Select(folder => reached[folder].Where(other => reached.TryGetValue(other, out HashSet<string>? back) && back.Contains(folder))
                .Order(StringComparer.Ordinal).ToArray())
            .DistinctBy(circle => string.Join('|', circle));
    }

    private HashSet<string> Reached(string from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out string? folder))
        {
            foreach (string next in references.TryGetValue(folder, out SortedSet<string>? direct) ? direct : [])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    /// <summary>Where a name is declared that a file sees: in a namespace around it, the nearest first, else in one that it uses.</summary>
    private static IEnumerable<string> FoldersOf(SourceFile file, SourceFile[] declaring)
    {
        SourceFile[] around =
            [.. declaring.Where(other => other.Namespace == file.Namespace || file.Namespace.StartsWith(other.Namespace + ".", StringComparison.Ordinal))];
        SourceFile[] seen = around.Length > 0
            ? [.. around.Where(other => other.Namespace.Length == around.Max(nearest => nearest.Namespace.Length))]
            : [.. declaring.Where(other => file.Usings.Contains(other.Namespace))];
        return seen.Any(other => other.Folder == file.Folder) ? [] : seen.Select(other => other.Folder);
    }

    private void Add(SourceFile file, string folder)
    {
        if (folder == file.Folder)
        {
            return;
        }

        if (!references.TryGetValue(file.Folder, out SortedSet<string>? known))
        {
            references[file.Folder] = known = new SortedSet<string>(StringComparer.Ordinal);
        }

        known.Add(folder);
    }

    /// <summary>What one file declares and names.</summary>
    private sealed class SourceFile
    {
        public SourceFile(string path, string text)
        {
            Folder = Path.GetDirectoryName(path)!.Replace('\\', '/') is { Length: > 0 } folder ? folder : Top;
            string code = TextsAndComments().Replace(text, " ");
            Namespace = NamespaceLine().Match(code).Groups[1].Value;
            Usings = [.. UsingLine().Matches(code).Select(match => match.Groups[1].Value)];
            Declared = [.. Declaration().Matches(code).Select(match => match.Groups[1].Value)];
            string body = Head().Replace(code, "");
            Names = [.. SimpleName().Matches(body).Select(match => match.Value)];
            QualifiedNames = [.. QualifiedName().Matches(body).Select(match => (match.Groups[1].Value.TrimEnd('.'), match.Groups[2].Value))];
        }

        public string Folder { get; }

        public string Namespace { get; }

        public HashSet<string> Usings { get; }

        public HashSet<string> Declared { get; }

        public HashSet<string> Names { get; }

        public HashSet<(string Behind, string Name)> QualifiedNames { get; }
    }

    [GeneratedRegex("""
        "{3,}.*?"{3,} | @"(?:[^"]|"")*" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | //[^\n]*
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TextsAndComments();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:global )?using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"^(?:using|namespace) .*$", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?:\[[^\n]*\]\s*)?(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>?\[\], ]+?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex SimpleName();

    [GeneratedRegex(@"(?<![.\w])((?:[A-Z]\w*\.)+)([A-Z]\w*)")]
    private static partial Regex QualifiedName();
}
