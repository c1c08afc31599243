namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>Who changes a folder of the product finds its tests in the folder of the same name.</summary>
public sealed class TestFolderTests
{
    private const string Everywhere = "*";

    /// <summary>Each test project, and the folders below which the projects are that it tests.</summary>
    private static readonly Dictionary<string, string[]> Tested = new(StringComparer.Ordinal)
    {
        ["ProvableSec.Analytics.Tests"] = ["runtime/ProvableSec.Analytics", "tool/ProvableSec.Report"],
        ["ProvableSec.Analyzers.Tests"] = ["analyzers"],
        ["ProvableSec.Corpus.Tests"] = [Everywhere],
        ["ProvableSec.Packages.Tests"] = [Everywhere],
        ["ProvableSec.Reasoning.Tests"] = ["reasoning"],
        ["ProvableSec.Rules.Tests"] = ["rules"],
        ["ProvableSec.Runtime.Tests"] = ["runtime"],
        ["ProvableSec.Testing.Tests"] = ["testing"],
        ["ProvableSec.Tests.Shared"] = [],
        ["ProvableSec.Tool.Tests"] = ["tool/ProvableSec.Tool"],
    };

    /// <summary>Folders that the product has not, each with what it is for.</summary>
    private static readonly Dictionary<string, string> OfTestsOnly = new(StringComparer.Ordinal)
    {
        ["ProvableSec.Corpus.Tests/Intents"] = "What AWS's example guardrails are meant to achieve, as claims about data that are beside the repository.",
        ["ProvableSec.Reasoning.Tests/Decisions"] = "Tables that evaluator, prover and checker answer alike, which are three folders of three projects.",
        ["ProvableSec.Reasoning.Tests/PublicApi"] = "Which project may refer to which and what each offers, of all libraries at once.",
        ["ProvableSec.Reasoning.Tests/Worlds"] = "A second reading of what AWS can send, written apart from the product, so that there is nothing beside it.",
        ["ProvableSec.Rules.Tests/Policies/Cases"] = "The documents of every check, which are the examples on its page too.",
        ["ProvableSec.Testing.Tests/Data"] = "Files that the tests read.",
        ["ProvableSec.Testing.Tests/Frameworks"] = "The harness in projects of other test frameworks and as a template: scripts, which a long run starts.",
        ["ProvableSec.Testing.Tests/Samples"] = "The samples that are unit tests, run as their pages say.",
        ["ProvableSec.Tests.Shared/Workloads"] = "What bench/ measures and several test projects draw from.",
        ["ProvableSec.Tool.Tests/Architecture"] = "How the source of the whole repository is laid out.",
        ["ProvableSec.Tool.Tests/Ci"] = "What CI systems run: action.yml, ci/ and the hooks, which lie at the top.",
        ["ProvableSec.Tool.Tests/Hostile"] = "What may be given to any command by somebody who means harm, and what none may do with it.",
        ["ProvableSec.Tool.Tests/Packages"] = "What the packages say of themselves: their bill of materials, the addresses of rules.",
    };

    [Fact]
    public void Every_test_project_has_its_projects() =>
        Assert.Equal(Tested.Keys.Order(StringComparer.Ordinal), TestProjects().Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Folders_of_tests_are_those_of_what_they_test_but_for_a_reason()
    {
        string[] others = [.. TestProjects().SelectMany(project => Others(Path.GetFileName(project))).Order(StringComparer.Ordinal)];
        Assert.Equal(OfTestsOnly.Keys.Order(StringComparer.Ordinal), others);
        Assert.All(OfTestsOnly.Values, reason => Assert.True(reason.Length > 20, reason));
    }

    private static IEnumerable<string> TestProjects() =>
        Directory.GetDirectories(Repository.Path("tests")).Where(folder => Directory.GetFiles(folder, "*.csproj").Length == 1);

    /// <summary>The folders of a test project that are no folder of a project that it tests; a project as a whole may be one.</summary>
    private static IEnumerable<string> Others(string tests)
    {
        string[] projects = [.. ProductProjects().Where(project => Tested[tests].Any(top => top == Everywhere || project == top
            || project.StartsWith(top + "/", StringComparison.Ordinal)))];
        HashSet<string> known = [.. projects.SelectMany(project => FoldersOf(project).Append(project.Split('.')[^1]))];
        return FoldersOf("tests/" + tests).Where(folder => !known.Contains(folder)).Select(folder => $"{tests}/{folder}");
    }

    private static IEnumerable<string> ProductProjects() => SourceTree.Product().Select(file => string.Join('/', file.Path.Split('/').Take(2))).Distinct();

    /// <summary>The folders of a project that hold a file, as its own paths.</summary>
    private static IEnumerable<string> FoldersOf(string project) => Directory.EnumerateFiles(Repository.Path(project), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Path(project), Path.GetDirectoryName(file)!).Replace('\\', '/'))
        .Where(folder => folder != "." && !folder.Split('/').Any(part => part is "bin" or "obj" or "TestResults"))
        .Distinct();
}
