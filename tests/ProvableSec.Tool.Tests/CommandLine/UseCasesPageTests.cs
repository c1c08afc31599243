using System.Text.RegularExpressions;
using ProvableSec.Rules.Catalogue;

namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>What the page of use cases names is there: files, rules, and the tests that show it.</summary>
public sealed class UseCasesPageTests
{
    private static readonly string[] Rows = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "use-cases.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)
        && !line.StartsWith("| by hand", StringComparison.Ordinal))];

    [Fact]
    public void Every_row_has_three_cells_and_says_where_nothing_shows_it()
    {
        Assert.True(Rows.Length > 30);
        Assert.All(Rows, row => Assert.Equal(3, row.Trim('|').Split('|').Length));
        Assert.All(Rows.Where(row => row.EndsWith("| – |", StringComparison.Ordinal)), row => Assert.Matches("not done here|no command|no rule", row));
    }

    [Fact]
    public void Every_test_is_a_class_of_the_tests()
    {
        HashSet<string> classes = [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.Equal("",
            string.Join(" ", Rows.SelectMany(row => Regex.Matches(row.Trim('|').Split('|')[2], "`([A-Za-z]+Tests)`").Select(match => match.Groups[1].Value))
            .Where(name => !classes.Contains(name))));
    }

    [Fact]
    public void Every_file_and_rule_is_there()
    {
        Assert.Equal("",
            string.Join(" ", Rows.SelectMany(row => Regex.Matches(row, "`((?:samples|docs|runtime|tests)/[^` ]+)`").Select(match => match.Groups[1].Value))
            .Where(path => !Path.Exists(Path.Combine(Repository.Root, path)))));
        Assert.Equal("", string.Join(" ", Rows.SelectMany(row => Regex.Matches(row, "PSEC[0-9]{4}").Select(match => match.Value))
            .Where(id => !RuleCatalogue.All.Any(rule => rule.Id == id))));
    }
}
