using System.Reflection;
using System.Text.RegularExpressions;
using ProvableSec.Policy;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Evaluation;

/// <summary>docs/semantics.md lists every rule with its test and every reading, and no test that is not there.</summary>
public sealed class SemanticsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Path("docs/semantics.md"));

    private static readonly MethodInfo[] AllTests =
    [
        .. typeof(SemanticsDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any()),
    ];

    private static readonly string[] TestNames =
    [
        .. AllTests
            .Where(method => method.DeclaringType!.Namespace == typeof(SemanticsDocumentTests).Namespace || method.DeclaringType == typeof(NotGivenTests))
            .Select(method => method.Name)
            .Where(name => Regex.IsMatch(name, "^(Line|Reading|Key|Bug|Missing|Misplaced|AllowsAlone|Property|NotGiven)")),
    ];

    [Fact]
    public void EveryReadingIsListed() =>
        Assert.Equal([], Enum.GetNames<Reading>().Where(name => name != nameof(Reading.None) && !Document.Contains($"`{name}`", StringComparison.Ordinal)));

    [Fact]
    public void EveryReadingHasATest() =>
        Assert.Equal([], Enum.GetNames<Reading>().Where(name => name != nameof(Reading.None)
            && !TestNames.Any(test => test.StartsWith($"Reading_{name}_", StringComparison.Ordinal))));

    // What is not an action at all (line 23) the reader decides.
    [Fact]
    public void EveryLineHasATest() =>
        Assert.Equal([], Enumerable.Range(1, 24).Where(line => line != 23
            && !TestNames.Any(test => test.StartsWith($"Line{line:00}_", StringComparison.Ordinal))));

    [Fact]
    public void EveryTestIsListed() => Assert.Equal([], TestNames.Where(name => !Document.Contains($"`{name}`", StringComparison.Ordinal)));

    [Fact]
    public void EveryListedTestExists() => Assert.Equal(
        [],
        Regex.Matches(Document, "`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`").Select(match => match.Groups[1].Value).Except(AllTests.Select(method => method.Name)));
}
