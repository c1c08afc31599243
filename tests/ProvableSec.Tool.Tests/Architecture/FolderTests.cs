namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>Arrows between the folders of a project point one way: whoever reads a folder need not have read those that stand on it.</summary>
public sealed class FolderTests
{
    private const string Tool = "tool/ProvableSec.Tool";

    public static TheoryData<string> Projects =>
    [
        .. ((string[])["reasoning", "rules", "analyzers", "runtime", "testing", "tool"]).Select(top => Path.Combine(Repository.Root, top))
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories).Where(folder => Directory.GetFiles(folder, "*.csproj").Length == 1)
            .Select(folder => Path.GetRelativePath(Repository.Root, folder).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_have_no_circles(string project)
    {
        ProjectFolders folders = Of(project);
        Assert.All(folders.Circles(), circle => Assert.Fail(
            $"These folders of {project} form a circle: {string.Join(", ", circle.Select(folder => $"{folder} -> {string.Join(" ", folders.References[folder].Intersect(circle))}"))}"));
    }

    [Fact]
    public void A_command_knows_no_other()
    {
        string[] commands = [.. ToolSources.All().Where(source => source.Text.Contains("static Command Create(", StringComparison.Ordinal))
            .Select(source => source.Name.Split('/')[0]).Distinct()];
        Assert.Contains("Check", commands);
        ProjectFolders tool = Of(Tool);
        Assert.Empty(commands.SelectMany(command => tool.References[command].Intersect(commands).Select(other => $"{command} -> {other}")));
        // Nothing that commands share knows one.
        Assert.Empty(tool.References.Where(folder => folder.Key != ProjectFolders.Top && !commands.Contains(folder.Key))
            .SelectMany(folder => folder.Value.Intersect(commands).Select(other => $"{folder.Key} -> {other}")));
    }

    [Fact]
    public void Namespaces_of_the_tool_are_its_folders() => Assert.All(
        ToolSources.All().Where(source => source.Name != "Program.cs"),
        source => Assert.Contains($"\nnamespace {string.Join('.', [.. "ProvableSec.Tool".Split('.'), .. source.Name.Split('/')[..^1]])};\n", "\n"
            + source.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal));

    [Theory]
    [InlineData("using N.B;\nnamespace N.A;\nclass X;", "B")]
    [InlineData("namespace N.A;\nclass X { B.Y y; }", "B")]
    [InlineData("namespace N.A;\nclass X { N.B.Y y; }", "B")]
    [InlineData("namespace N.A;\nclass X { Z z; }", ".")]
    [InlineData("namespace N.B.Inner;\nclass X { Y y; }", "B")]
    [InlineData("namespace N.A;\nclass X { Y y; }", "")]
    [InlineData("namespace N.A;\n// B.Y\nclass X { string y = \"Z and B.Y\"; }", "")]
    [InlineData("namespace N.A;\nclass X { int Z => it.Z; }\nenum Z;", "")]
    public void A_reference_is_seen(string code, string seen)
    {
        ProjectFolders folders = new([("A/X.cs", code), ("B/Y.cs", "namespace N.B;\nclass Y;"), ("Z.cs", "namespace N;\nclass Z;")]);
        Assert.Equal(seen, folders.References.TryGetValue("A", out SortedSet<string>? found) ? string.Join(' ', found) : "");
    }

    [Fact]
    public void A_circle_is_seen()
    {
        ProjectFolders folders = new(
        [
            ("A/X.cs", "using N.B;\nnamespace N.A;\nclass X;"), ("B/Y.cs", "using N.C;\nnamespace N.B;\nclass Y;"),
                ("C/Z.cs", "namespace N.C;\nclass Z { A.X x; }"),
            ("D/V.cs", "using N.A;\nnamespace N.D;\nclass V;"), ("E/W.cs", "namespace N.E;\nclass W;"),
        ]);
        Assert.Equal(["A", "B", "C"], Assert.Single(folders.Circles()));
    }

    private static ProjectFolders Of(string project) => ProjectFolders.In(Path.Combine(Repository.Root, project));
}
