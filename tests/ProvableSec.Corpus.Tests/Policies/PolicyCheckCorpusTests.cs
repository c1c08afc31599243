using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Corpus.Tests.Policies;

/// <summary>The checks against the published table of IAM Access Analyzer, and against policies that AWS itself wrote.</summary>
[Trait("Category", "Corpus")]
public sealed class PolicyCheckCorpusTests
{
    [Fact]
    public void Every_published_code_has_its_rule_and_severity()
    {
        string[] table = [.. File.ReadLines(SharedData.Path("data/access-analyzer-checks.tsv")).Skip(1).Select(line => line.Split('\t')).Select(cells => $"{cells[0]} {cells[1] switch
        {
            "ERROR" => RuleSeverity.Error,
            "SUGGESTION" => RuleSeverity.Info,
            _ => RuleSeverity.Warning,
        }}").Order(StringComparer.Ordinal)];
        Assert.Equal(157, table.Length);
        Assert.Equal(table, PolicyChecks.Rules.Where(rule => rule.AccessAnalyzer is not null).Select(rule => $"{rule.AccessAnalyzer} {rule.Severity}").Order(StringComparer.Ordinal));
    }

    /// <summary>Each with its reason, in <c>ExplainedErrors.tsv</c>.</summary>
    [Fact]
    public void Errors_in_managed_policies_are_explained_one_by_one()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonElement line in PolicyCorpusTests.Lines("data/aws-managed-policies.ndjson"))
        {
            Assert.True(line.TryGetProperty("document", out JsonElement document));
            Assert.True(line.TryGetProperty("name", out JsonElement name));
            string text = document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length);
            foreach (PolicyFinding finding in PolicyChecks.Check(new SourceText(text, name.Text), new PolicyContext(PolicyType.Identity), TestContext.Current.CancellationToken))
            {
                if (finding.Rule.Severity == RuleSeverity.Error)
                {
                    seen.Add($"{finding.Rule.AccessAnalyzer}\t{finding.Message}");
                }
            }
        }

        string[][] explained = [.. File.ReadLines(SharedData.InRepository("tests/ProvableSec.Corpus.Tests/Policies/ExplainedErrors.tsv")).Select(line => line.Split('\t'))];
        Assert.All(explained, cells => Assert.True(cells.Length == 3 && cells[2].Length > 0));
        Assert.Equal(explained.Select(cells => $"{cells[0]}\t{cells[1]}"), seen);
    }
}
