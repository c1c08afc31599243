using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Corpus.Tests.Policies;

/// <summary>
/// Our checks of managed policies beside what IAM Access Analyzer says of the same texts. Quotas of size are left out: AWS does not apply them to its own.
/// </summary>
[Trait("Category", "Corpus")]
public sealed class AccessAnalyzerAgreementTests
{
    private const string Quota = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA";

    /// <summary>Each difference with its reason, in <c>ExplainedDifferences.tsv</c>.</summary>
    [Fact]
    public void Differences_are_explained_one_by_one()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonItem line in PolicyCorpusTests.Lines("data/aws-managed-policies.ndjson"))
        {
            Assert.True(line.TryGetProperty("document", out JsonItem document));
            Assert.True(line.TryGetProperty("name", out JsonItem name));
            texts.Add(name.Text, document.Document.Source.Text.Substring(document.Span.Start, document.Span.Length));
        }

        var seen = new SortedSet<string>(StringComparer.Ordinal);
        int policies = 0;
        foreach (JsonItem line in PolicyCorpusTests.Lines("data/access-analyzer-findings.ndjson"))
        {
            Assert.True(line.TryGetProperty("name", out JsonItem name));
            Assert.True(line.TryGetProperty("codes", out JsonItem codes));
            policies++;
            var theirs = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonItem code in codes.Elements())
            {
                theirs.Add(code.Text);
            }

            HashSet<string> ours =
                [.. PolicyChecks.Check(new DocumentText(texts[name.Text]), new PolicyContext(PolicyType.Identity), TestContext.Current.CancellationToken)
                .Select(finding => finding.Rule.AccessAnalyzer).OfType<string>()];
            seen.UnionWith(ours.Except(theirs).Where(code => code != Quota).Select(code => $"{name.Text}\t{code}\textra"));
            seen.UnionWith(theirs.Except(ours).Where(code => code != Quota).Select(code => $"{name.Text}\t{code}\tmissed"));
        }

        string[][] explained = [.. File.ReadLines(Repository.Path("tests/ProvableSec.Corpus.Tests/Policies/ExplainedDifferences.tsv"))
            .Select(line => line.Split('\t'))];
        Assert.Equal(688, policies);
        Assert.All(explained, cells => Assert.True(cells.Length == 4 && cells[3].Length > 0));
        Assert.Equal(explained.Select(cells => $"{cells[0]}\t{cells[1]}\t{cells[2]}").Order(StringComparer.Ordinal), seen);
    }
}
