using System.Xml.Linq;

namespace ProvableSec.Reasoning.Tests.PublicApi;

/// <summary>References point down only, and nothing down here knows a console, a file, a clock or an environment.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What each library may refer to. A project that is not listed has no place in the house yet.</summary>
    private static readonly Dictionary<string, string[]> MayReferTo = new(StringComparer.Ordinal)
    {
        ["ProvableSec.ServiceData"] = [],
        ["ProvableSec.Policy"] = ["ProvableSec.ServiceData"],
        ["ProvableSec.Reasoning"] = ["ProvableSec.Policy", "ProvableSec.ServiceData"],
        ["ProvableSec.CertificateChecker"] = ["ProvableSec.Policy"],
        ["ProvableSec.Certificates"] = ["ProvableSec.Reasoning", "ProvableSec.CertificateChecker"],
        ["ProvableSec.SmtLib"] = ["ProvableSec.Reasoning"],
        ["ProvableSec.Rules"] = ["ProvableSec.Reasoning"],
        ["ProvableSec.Rules.Yaml"] = ["ProvableSec.Rules"],
    };

    private static readonly string[] ForbiddenTypes =
    [
        "System.Console", "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileStream",
        "System.Environment", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Net.Http.HttpClient", "System.Net.Sockets.Socket",
            "System.Random",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now",
            "System.DateTimeOffset::get_UtcNow",
        "System.Globalization.CultureInfo::get_CurrentCulture", "System.Globalization.CultureInfo::get_CurrentUICulture", "System.TimeZoneInfo::get_Local",
    ];

    public static TheoryData<string> Projects() => [.. BuiltLibraries.All()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_point_down(string project)
    {
        Assert.True(MayReferTo.TryGetValue(project, out string[]? allowed), $"{project} is not in the plan of the house");
        var file = XDocument.Load(BuiltLibraries.ProjectFile(project));
        IEnumerable<string> referred = file.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((r.Attribute("Include")?.Value ?? "").Replace('\\', '/')));
        Assert.Empty(referred.Except(allowed, StringComparer.Ordinal));
    }

    /// <summary>ProvableSec.SmtLib, which is for one framework, runs solvers as processes; that is what it is for.</summary>
    public static TheoryData<string> PureProjects() => [.. BuiltLibraries.All().Where(BuiltLibraries.IsForBothFrameworks)];

    [Theory]
    [MemberData(nameof(PureProjects))]
    public void Nothing_but_its_arguments_decides_what_a_library_does(string project)
    {
        foreach (string framework in new[] { "netstandard2.0", "net10.0" })
        {
            using var assembly = new AssemblyMetadata(BuiltLibraries.Assembly(project, framework));
            string[] references = [.. assembly.References()];
            Assert.NotEmpty(references);
            // The compiler's own code for iterators asks Environment for the thread, which decides nothing.
            string[] forbidden =
            [
                .. references.Where(r => r is not ("System.Environment" or "System.Environment::get_CurrentManagedThreadId")
                    && (ForbiddenTypes.Contains(r.Split("::")[0]) || ForbiddenMembers.Contains(r))),
            ];
            Assert.Equal([], forbidden);
        }
    }

    /// <summary>A witness is replayed by the evaluator; if the prover shared its matching code, the replay would prove nothing.</summary>
    [Fact]
    public void The_prover_meets_the_evaluator_in_the_replay_only()
    {
        string root = Repository.Path("reasoning/ProvableSec.Reasoning");
        IEnumerable<string> offenders = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("Replay/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal)
                && !file.StartsWith("bin/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Path.Combine(root, file)) is var text
                && (text.Contains("ProvableSec.Policy.Evaluation", StringComparison.Ordinal) || text.Contains("Policy.Evaluation.", StringComparison.Ordinal)));
        Assert.Empty(offenders);
    }

    /// <summary>A certificate is checked by a third reading of the policies; of the two others it shares the reader and model only.</summary>
    [Fact]
    public void The_checker_knows_neither_the_prover_nor_the_evaluator()
    {
        using var assembly = new AssemblyMetadata(BuiltLibraries.Assembly("ProvableSec.CertificateChecker", "net10.0"));
        string[] ours = [.. assembly.References().Where(r => r.StartsWith("ProvableSec.", StringComparison.Ordinal))];
        Assert.Contains("ProvableSec.Policy.Model.PolicyReader", ours);
        string[] allowed = ["ProvableSec.Policy.Model.", "ProvableSec.Policy.Cases.", "ProvableSec.Policy.Json.", "ProvableSec.Policy.Text.",
            "ProvableSec.ServiceData.", "ProvableSec.Policy.Reading"];
        Assert.Equal([], ours.Where(r => !allowed.Any(a => r.StartsWith(a, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_check_of_references_sees_a_forbidden_one()
    {
        // This assembly reads files, so its own metadata must show it.
        using var self = new AssemblyMetadata(typeof(ArchitectureTests).Assembly.Location);
        Assert.Contains("System.IO.File::ReadAllText", self.References());
        Assert.Contains("System.IO.Directory", self.References());
    }
}
