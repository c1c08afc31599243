using System.Text.RegularExpressions;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Tests.Policies;

namespace ProvableSec.Rules.Tests;

/// <summary>
/// Each rule has its page, whose head is made from the catalogue; the pages of rules about policies are made wholly, from the documents that test them.
/// PROVABLESEC_WRITE_PAGES=1 writes both anew.
/// </summary>
public sealed class RulePageTests
{
    private static readonly Rule[] All = [.. RuleCatalogue.All];

    private static readonly bool Write = Environment.GetEnvironmentVariable("PROVABLESEC_WRITE_PAGES") == "1";

    private static readonly Dictionary<string, string> Sources = ReadSources();

    public static TheoryData<string> Ids() => [.. All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_head_of_each_page_is_that_of_the_catalogue(string id)
    {
        Rule rule = All.Single(rule => rule.Id == id);
        string file = Path.Combine(Repository.Root, rule.Page);
        if (PolicyChecks.Rules.Contains(rule))
        {
            if (Write)
            {
                File.WriteAllText(file, PolicyRulePage.Of(rule, Head(rule)) + End(rule));
            }

            Assert.Equal(PolicyRulePage.Of(rule, Head(rule)) + End(rule), File.ReadAllText(file).ReplaceLineEndings("\n"));
            return;
        }

        string page = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        string[] parts = page.Split("\n## ", 2);
        if (Write)
        {
            File.WriteAllText(file, Head(rule) + (parts.Length > 1 ? "\n## " + parts[1].Split("\n## Sources\n")[0] : "") + End(rule));
            return;
        }

        Assert.Equal(Head(rule), parts[0]);
        Assert.EndsWith(End(rule), page, StringComparison.Ordinal);
        foreach (string section in (string[])["What is found", "What is not", "How to suppress it"])
        {
            Assert.Contains("## " + section + "\n", "## " + parts[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_page_and_every_line_of_the_index_is_of_a_rule()
    {
        string folder = Path.Combine(Repository.Root, "docs", "rules");
        if (Write)
        {
            File.WriteAllText(Path.Combine(folder, "README.md"), Index());
        }

        Assert.Equal(All.Select(rule => rule.Id + ".md").Append("README.md").Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(Index(), File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n"));
    }

    private static string Head(Rule rule) =>
        $"# {rule.Id}: {rule.Title}\n\n{rule.Severity} · CWE-{rule.Cwe}{(rule.AccessAnalyzer is { } code ? $" · IAM Access Analyzer: {code}" : "")}\n\n{rule.Why}\n\n**What to do.** {rule.Remedy}\n";

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_rests_on_a_page_and_is_written_down_once(string id)
    {
        Rule rule = All.Single(rule => rule.Id == id);
        RuleReference reference = rule.Reference!;
        Assert.NotEmpty(reference.Title);
        Assert.Matches("^https://(docs[.]aws[.]amazon[.]com/[A-Za-z0-9_/-]+[.]html|pathfinding[.]cloud/|learn[.]microsoft[.]com/dotnet/[a-z/-]+)$", reference.Url);
        Assert.Single(Declarations(rule));
    }

    private static string End(Rule rule) =>
        $"\n## Sources\n\n[{rule.Reference!.Title}]({rule.Reference.Url}). The rule is in `{Declarations(rule).Single()}`.\n";

    /// <summary>The files of the product in which a rule is made.</summary>
    private static IEnumerable<string> Declarations(Rule rule) =>
        Sources.Where(source => Regex.IsMatch(source.Value, $@"\bnew(\ Rule)?\(\s*""{rule.Id}"",")).Select(source => source.Key);

    private static Dictionary<string, string> ReadSources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "rules", "ProvableSec.Rules"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(Repository.Root, file)));

    private static string Index() =>
        "# Rules\n\nOne id means the same in the compiler, in `provablesec scan` and `provablesec check`, and in SARIF.\n\n| id | what | severity | CWE |\n| --- | --- | --- | --- |\n"
        + string.Concat(All.Where(rule => rule.AccessAnalyzer is null).Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Cwe} |\n"))
        + "\n## The checks of IAM Access Analyzer\n\nAll that ValidatePolicy publishes, with the rule that reports the same, and the documents that test it.\n\n| code | id | what | severity | CWE | documents |\n| --- | --- | --- | --- | --- | --- |\n"
        + string.Concat(PolicyChecks.Rules.Where(rule => rule.AccessAnalyzer is not null).OrderBy(rule => rule.AccessAnalyzer, StringComparer.Ordinal)
            .Select(rule =>
            $"| {rule.AccessAnalyzer} | [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Cwe} | [cases](../../tests/ProvableSec.Rules.Tests/Policies/Cases/{rule.AccessAnalyzer}.json) |\n"));
}
